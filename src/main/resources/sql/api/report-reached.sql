-- How many numbers have an attempt that ended within a time, and how many of them had a success then, of one campaign or of all, by
-- what the report names (part) if each number belongs to one part only, else together.
SELECT
  CASE :#by
    WHEN 'import' THEN CONCAT_WS(' ', n.i_import, i.file)
    WHEN 'campaign' THEN COALESCE(c.name, CONCAT('i_campaign ', n.i_campaign)) END AS part,
  COUNT(*) AS numbers, SUM(n.reached) AS reached
FROM (
    SELECT a.i_campaign, a.i_campaign_phone, MAX(a.i_import) AS i_import, MAX(a.status = 'success') AS reached
    FROM call_attempts AS a
    WHERE a.kind IS NULL AND (:#campaign IS NULL OR a.i_campaign = :#campaign)
      AND a.disconnect_time >= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#from SECOND
      AND a.disconnect_time < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#to SECOND
    GROUP BY a.i_campaign, a.i_campaign_phone) AS n
  LEFT JOIN campaigns AS c ON :#by = 'campaign' AND c.i_campaign = n.i_campaign
  LEFT JOIN imports AS i ON :#by = 'import' AND i.i_import = n.i_import
GROUP BY part
