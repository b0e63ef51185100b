-- Further do-not-call lists. Each binds the campaigns that name it. A list without a name binds nobody: it is being loaded
-- (loaded_at is when that last went on), or has been replaced (loaded_at is NULL) and is being deleted. Times are UTC.
CREATE TABLE IF NOT EXISTS do_not_call_lists (
  i_do_not_call_list BIGINT NOT NULL AUTO_INCREMENT,
  name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci,
  country VARCHAR(2) CHARACTER SET ascii COLLATE ascii_general_ci,
  source VARCHAR(255),
  loaded_at DATETIME(3),
  max_age_days INT,
  PRIMARY KEY (i_do_not_call_list),
  UNIQUE INDEX callout_name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE do_not_call_lists
  ADD COLUMN IF NOT EXISTS name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci,
  ADD COLUMN IF NOT EXISTS country VARCHAR(2) CHARACTER SET ascii COLLATE ascii_general_ci,
  ADD COLUMN IF NOT EXISTS source VARCHAR(255),
  ADD COLUMN IF NOT EXISTS loaded_at DATETIME(3),
  ADD COLUMN IF NOT EXISTS max_age_days INT;
