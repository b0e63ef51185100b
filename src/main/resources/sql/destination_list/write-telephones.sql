-- Writes what telephones numbers mean, and what they were read by. callout_shuffle changes with number.
UPDATE JSON_TABLE(:#batch, '$[*]' COLUMNS (id BIGINT PATH '$.id', e164 VARCHAR(16) PATH '$.e164')) AS j
  STRAIGHT_JOIN destination_list AS p FORCE INDEX (callout_row) ON p.callout_row = j.id
SET p.callout_e164 = j.e164, p.callout_e164_read = CONCAT(:#version, '/', p.callout_shuffle)
