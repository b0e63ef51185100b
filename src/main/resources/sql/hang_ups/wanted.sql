-- The telephones whose calls are to be ended, for each campaign that the list binds; NULL: all campaigns. old: it is too late.
-- Waits for nobody who has locked the table, since other calls may be to be ended.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT h.dialled, h.e164, TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', h.at) * 0.000001 AS at, c.i_campaign,
  h.at < UTC_TIMESTAMP(3) - INTERVAL 15 MINUTE AS old
FROM hang_ups AS h
  LEFT JOIN campaigns AS c
    ON h.list IS NOT NULL AND FIND_IN_SET(h.list, REGEXP_REPLACE(c.do_not_call_lists, '[,[:space:]]+', ','))
WHERE h.list IS NULL OR c.i_campaign IS NOT NULL OR h.at < UTC_TIMESTAMP(3) - INTERVAL 15 MINUTE
