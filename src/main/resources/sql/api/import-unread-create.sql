-- The campaign's numbers of which no telephone is known yet.
CREATE TEMPORARY TABLE callout_unread (
  i_campaign_phone BIGINT NOT NULL PRIMARY KEY,
  cld VARCHAR(64) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
