-- The attempts that ended before one and not before another one, back in time, of one campaign or of all, by status, by cause, and by
-- digits that are in this order in the number; each with what it shares with others, and with the country of its campaign. Test calls
-- are no attempts. In some values of sql_mode an empty string is NULL, so it is written otherwise.
SELECT
  -- include api/attempts attempt
  , TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', a.disconnect_time) DIV 1000 AS ended_ms, c.country
FROM call_attempts AS a LEFT JOIN call_bases AS b ON b.i_call_base = a.i_call_base
  LEFT JOIN call_reports AS r ON r.call_uuid = a.call_uuid
  LEFT JOIN campaigns AS c ON c.i_campaign = a.i_campaign
WHERE a.disconnect_time >= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#since SECOND
  AND a.disconnect_time <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#ended SECOND
  AND (a.disconnect_time < TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#ended SECOND OR a.call_uuid < :#call)
  AND a.disconnect_time >= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#last_ended SECOND
  AND (a.disconnect_time > TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#last_ended SECOND OR a.call_uuid >= :#last_call)
  AND a.kind IS NULL AND (:#campaign IS NULL OR a.i_campaign = :#campaign)
  AND (:#status IS NULL OR a.status = :#status) AND (:#cause IS NULL OR a.hangup_cause = :#cause)
  AND (:#digits IS NULL OR REGEXP_REPLACE(a.number, '[^0-9]', SPACE(0)) LIKE CONCAT('%', :#digits, '%'))
ORDER BY a.disconnect_time DESC, a.call_uuid DESC
LIMIT :#limit
