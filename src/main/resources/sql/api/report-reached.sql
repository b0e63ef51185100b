-- How many numbers have an attempt that ended within a time, and how many of them had a success then, of one campaign or of all, by
-- what the report names (part) if each number belongs to one part only, else together. Index callout_number has all that is read, in
-- the order of the numbers.
SELECT
  CASE :#by
    WHEN 'import' THEN CONCAT_WS(' ', s.i_part, i.file)
    WHEN 'campaign' THEN COALESCE(c.name, CONCAT('i_campaign ', s.i_part)) END AS part,
  s.numbers, s.reached
FROM (
    SELECT
      CASE :#by WHEN 'import' THEN n.i_import WHEN 'campaign' THEN n.i_campaign END AS i_part,
      COUNT(*) AS numbers, COUNT(NULLIF(n.reached, 0)) AS reached
    FROM (
        SELECT a.i_campaign, a.i_campaign_phone, MAX(a.i_import) AS i_import, MAX(a.status = 'success') AS reached
        FROM call_attempts AS a
        WHERE a.disconnect_time >= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#from SECOND
          AND a.disconnect_time < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#to SECOND
          AND a.kind IS NULL AND (:#campaign IS NULL OR a.i_campaign = :#campaign)
        GROUP BY a.i_campaign, a.i_campaign_phone
        ORDER BY NULL) AS n
    GROUP BY i_part
    ORDER BY NULL) AS s
  LEFT JOIN campaigns AS c ON c.i_campaign = IF(:#by = 'campaign', s.i_part, NULL)
  LEFT JOIN imports AS i ON i.i_import = IF(:#by = 'import', s.i_part, NULL)
