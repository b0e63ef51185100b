-- The sums of the attempts that ended within a time, of one campaign or of all, by a number: the quarter of an hour in which they were
-- sent (slot), the attempt, the import or the campaign, each with its name (part). All time zones begin their hours with a quarter of
-- an hour. Test calls are no attempts. Of a leg that another one followed, only the cost counts. The rule for those that went out is
-- that of CauseClass. Names come last: to look one up for each attempt, or to group by it, costs as much as all sums.
SELECT
  CASE :#by
    WHEN 'attempt' THEN CAST(s.slot AS CHAR)
    WHEN 'import' THEN CONCAT_WS(' ', s.slot, i.file)
    WHEN 'campaign' THEN COALESCE(c.name, CONCAT('i_campaign ', s.slot)) END AS part,
  s.*
FROM (
    SELECT
      CASE :#by
        WHEN 'attempt' THEN a.attempt
        WHEN 'import' THEN a.i_import
        WHEN 'campaign' THEN a.i_campaign
        ELSE TIMESTAMPDIFF(SECOND, TIMESTAMP'1970-01-01 00:00:00', COALESCE(a.setup_time, a.disconnect_time)) DIV :#slot END AS slot,
      -- part sums
      a.status = 'next leg' AS further_leg,
      COUNT(*) AS attempts,
      COUNT(CASE
        WHEN a.connect_time IS NOT NULL THEN 1
        WHEN a.hangup_cause IN (:#lost, :#in:on_the_way) THEN NULL
        WHEN a.hangup_cause IN (:#in:at_the_callee) THEN 1
        WHEN a.hangup_cause = :#cancelled THEN a.sip_status
        WHEN a.hangup_cause = :#rejected THEN IF(a.sip_status IN (:#in:rejected_by_carrier), NULL, 1)
        WHEN a.sip_status IN (:#in:sip_on_the_way) THEN NULL
        WHEN a.sip_status IN (:#in:sip_at_the_callee) THEN 1
        WHEN a.q850 IN (:#in:q850_on_the_way) THEN NULL
        ELSE 1 END) AS went_out,
      COUNT(a.connect_time) AS answered, COUNT(IF(a.answered_by = 'human', 1, NULL)) AS human,
      COUNT(IF(a.answered_by = 'machine', 1, NULL)) AS machine, COUNT(IF(a.status = 'success', 1, NULL)) AS success,
      SUM(TIMESTAMPDIFF(MICROSECOND, a.connect_time, a.disconnect_time)) AS talk_micros, SUM(a.cost) AS cost,
      COUNT(a.hand_over) AS handed_over, COUNT(IF(a.hand_over = 'answered', 1, NULL)) AS with_agent,
      SUM(IF(a.hand_over = 'answered', a.waited_ms, NULL)) AS waited_ms, COUNT(NULLIF(a.abandoned, 0)) AS abandoned
      -- end sums
    FROM call_attempts AS a
    WHERE a.disconnect_time >= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#from SECOND
      AND a.disconnect_time < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#to SECOND
      AND a.kind IS NULL AND (:#campaign IS NULL OR a.i_campaign = :#campaign)
    GROUP BY slot, further_leg
    ORDER BY NULL) AS s
  LEFT JOIN campaigns AS c ON c.i_campaign = IF(:#by = 'campaign', s.slot, NULL)
  LEFT JOIN imports AS i ON i.i_import = IF(:#by = 'import', s.slot, NULL)
