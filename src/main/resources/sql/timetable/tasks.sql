-- What remains to be done, retentions with as many days as calling rules count back, if these are more, in the order of its instants, except for reports and retentions that a living node is working on.
SELECT
  NULLIF(k.i_campaign, 0) AS campaign, k.i_timetable AS timetable, k.action,
  GREATEST(k.days, COALESCE((SELECT CEIL(MAX(w.hours) / 24)
    FROM (SELECT per_hours AS hours FROM calling_caps UNION ALL SELECT lockout_hours FROM calling_rules) AS w), 0)) AS days,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', k.scheduled) * 0.000001 AS scheduled,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', k.since) * 0.000001 AS since,
  t.name, c.name AS campaign_name
FROM timetable_tasks AS k
  LEFT JOIN timetables AS t ON t.i_timetable = k.i_timetable LEFT JOIN campaigns AS c ON c.i_campaign = k.i_campaign
WHERE k.owner IS NULL OR NOT EXISTS (SELECT 1 FROM nodes AS n WHERE n.incarnation = k.owner)
ORDER BY k.scheduled, k.i_timetable, k.i_campaign
