-- Writes what telephones numbers mean, and what they were read by. shuffle changes with cld.
UPDATE JSON_TABLE(:#batch, '$[*]' COLUMNS (id BIGINT PATH '$.id', e164 VARCHAR(16) PATH '$.e164')) AS j
  STRAIGHT_JOIN campaign_phones AS p FORCE INDEX (PRIMARY) ON p.i_campaign_phone = j.id
SET p.e164 = j.e164, p.e164_read = CONCAT(:#version, '/', p.shuffle)
