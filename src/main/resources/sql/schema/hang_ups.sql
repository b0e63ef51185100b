-- Telephones whose calls are to be ended, because somebody has put them on a do-not-call list and asked for that. Each node ends its
-- own calls, for a quarter of an hour; then the entry is deleted. dialled is as in do_not_call, list the further list, NULL: the list
-- that binds all campaigns. at is UTC.
CREATE TABLE IF NOT EXISTS hang_ups (
  i_hang_up BIGINT NOT NULL AUTO_INCREMENT,
  at DATETIME(3) NOT NULL,
  dialled VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  e164 VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
  list VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci,
  PRIMARY KEY (i_hang_up)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
