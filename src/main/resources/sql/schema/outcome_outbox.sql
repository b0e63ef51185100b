-- Outcomes of attempts that are still to be sent to callout.outbox.to. A row is written in the transaction that writes the end of the
-- call, and deleted when the receiver has taken it. i_outcome gives the order of the outcomes of one number, and of nothing else:
-- transactions do not commit in its order. list is the table that the number is in, empty for campaign_phones. created is UTC.
CREATE TABLE IF NOT EXISTS outcome_outbox (
  i_outcome BIGINT NOT NULL AUTO_INCREMENT,
  created DATETIME(3) NOT NULL,
  call_uuid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  i_campaign BIGINT NOT NULL,
  list VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  i_campaign_phone BIGINT NOT NULL,
  number VARCHAR(255) NOT NULL,
  outcome LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (i_outcome)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
