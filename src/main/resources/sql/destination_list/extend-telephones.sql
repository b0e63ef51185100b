-- The columns that a campaign with a country needs in addition: the telephone that number means, and what it was read by, which is
-- the country, the version of the metadata, and callout_shuffle, which changes with number.
ALTER TABLE destination_list
  ADD COLUMN IF NOT EXISTS callout_e164 VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  ADD COLUMN IF NOT EXISTS callout_e164_read VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin INVISIBLE,
  ADD INDEX IF NOT EXISTS callout_by_telephone (callout_e164)
