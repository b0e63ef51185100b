-- Telephones, as E.164, that campaigns with a country have called or are calling: the last number that a claim has taken of each.
-- A telephone is in a call as long as that number's row has this call_uuid. So whatever ends a call frees its telephone, and no
-- statement of an end need know this table. list is the table that the number is in, empty for campaign_phones. expires is the
-- latest possible end of the call in UTC, which counts only if the number's row is gone, or its key
-- belongs to another number, because its table has been made anew. recent are the calls before that one: milliseconds since 1970 with
-- + and milliseconds to the end of the conversation, or the call_uuid as long as nobody has needed to know whether it was sent.
-- previous is what the columns were before the claim that wrote them last: call_uuid, i_campaign, i_campaign_phone, expires and list.
CREATE TABLE IF NOT EXISTS telephones (
  e164 VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  call_uuid CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  i_campaign BIGINT NOT NULL,
  list VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  i_campaign_phone BIGINT NOT NULL,
  expires DATETIME(3) NOT NULL,
  recent VARCHAR(4000) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  previous VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin INVISIBLE,
  PRIMARY KEY (e164)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE telephones
  ADD COLUMN IF NOT EXISTS recent VARCHAR(4000) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  ADD COLUMN IF NOT EXISTS previous VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin INVISIBLE;
