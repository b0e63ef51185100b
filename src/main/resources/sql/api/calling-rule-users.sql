-- Campaigns that name a calling rule of which there is no other row.
SELECT c.name
FROM campaigns AS c JOIN calling_rules AS r ON r.i_calling_rule = :#key
WHERE LOCATE(CONCAT(',', r.name, ','), CONCAT(',', REGEXP_REPLACE(c.calling_rules, '[[:space:],]+', ','), ',')) > 0
  AND NOT EXISTS (SELECT 1 FROM calling_rules AS o WHERE o.name = r.name AND o.i_calling_rule <> r.i_calling_rule)
ORDER BY c.i_campaign LIMIT 3
