-- Adds telephones to those that the campaign has.
INSERT IGNORE INTO callout_known (telephone)
SELECT telephone FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (telephone VARCHAR(64) PATH '$.telephone')) AS telephones
