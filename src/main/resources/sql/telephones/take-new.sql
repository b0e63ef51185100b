-- Takes telephones that nobody has called, in the order of the batch, except those that another claim takes at this moment.
SET STATEMENT innodb_lock_wait_timeout = 1 FOR
INSERT IGNORE INTO telephones (e164, call_uuid, i_campaign, list, i_campaign_phone, expires)
SELECT j.e164, j.call_uuid, :#campaign, :#list, j.id, TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#expires SECOND
FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (
    id BIGINT PATH '$.id',
    e164 VARCHAR(16) PATH '$.e164',
    call_uuid CHAR(36) PATH '$.call')) AS j
