-- A page of the imports, the latest first; of one campaign, if it is given.
SELECT i.i_import, CONCAT(LEFT(DATE_FORMAT(i.at, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS at, i.who, i.i_campaign, c.name AS campaign,
  i.do_not_call_list, i.file, i.sha256, i.lines_sent, i.accepted,
  CONCAT(LEFT(DATE_FORMAT(i.undone, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS undone
FROM imports AS i LEFT JOIN campaigns AS c ON c.i_campaign = i.i_campaign
WHERE (:#after IS NULL OR i.i_import < :#after) AND (:#campaign IS NULL OR i.i_campaign = :#campaign)
ORDER BY i.i_import DESC
LIMIT :#limit
