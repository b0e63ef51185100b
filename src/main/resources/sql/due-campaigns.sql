-- All campaigns with their whole configuration, NULLs left as they are, and whether they have numbers to dial. The time of the
-- first retry is returned only for campaigns without fresh numbers: otherwise all fresh numbers would have to be passed first.
-- The last entry of a campaign in the index has a call UUID if any has. has_closed says whether calling rules keep any
-- closed.
SELECT
  c.i_campaign, c.name, COALESCE(c.paused, 0) AS paused, c.pause_reason, c.import_problem, c.closed_by_version,
  -- part settings
  c.i_ivr_prompt, c.username, c.md5secret, c.cli, c.i_schedule, c.max_concurrent_calls, c.max_attempts, c.timeout_sec,
  c.backoff_sec, c.threshold_msec, c.context, c.dialplan_type, c.profile_gateway, c.gateway_group, c.caller_id_pool, c.weight,
  c.guard_percent, c.max_cost, c.max_minutes, c.add_custom_header_name, c.add_custom_header_value, c.time_between_calls,
  c.gaussian_distribution, c.gaussian_distribution_mean, c.gaussian_distribution_stdv, c.call_max_duration, c.call_min_duration,
  c.cancel_ratio, c.destination_list, c.codec_list, c.calling_strategy, c.action_on_answer, c.transfer_on_answer, c.finish_on,
  COALESCE(DATE_FORMAT(c.datetime_start, '%Y-%m-%dT%H:%i:%s'), c.datetime_start) AS datetime_start, c.timezone, c.country,
  c.retry_delays, c.i_menu, c.success_if, c.amd, c.i_machine_prompt, c.machine_beep_wait_sec, c.hand_over, c.hand_over_sec,
  c.i_no_agent_prompt, c.record_percent, c.i_record_prompt, c.duplicates, c.calling_rules, c.schedule_zone,
  c.do_not_call_lists, c.emergency, c.calls_made,
  (SELECT i.file FROM ivr_prompts AS i WHERE i.i_ivr_prompt = c.i_ivr_prompt) AS prompt_file,
  IF(c.i_ivr_prompt IS NULL, NULL, (SELECT JSON_ARRAYAGG(JSON_OBJECT('language', q.language, 'kind', q.kind, 'value', q.value,
      'engine', q.engine, 'voice', q.voice) ORDER BY q.language, q.position, q.i_ivr_prompt_piece)
    FROM ivr_prompt_pieces AS q WHERE q.i_ivr_prompt = c.i_ivr_prompt)) AS prompt_pieces,
  IF(c.i_machine_prompt IS NULL, NULL, (SELECT i.file FROM ivr_prompts AS i WHERE i.i_ivr_prompt = c.i_machine_prompt))
    AS machine_prompt_file,
  IF(c.i_machine_prompt IS NULL, NULL, (SELECT JSON_ARRAYAGG(JSON_OBJECT('language', q.language, 'kind', q.kind, 'value', q.value,
      'engine', q.engine, 'voice', q.voice) ORDER BY q.language, q.position, q.i_ivr_prompt_piece)
    FROM ivr_prompt_pieces AS q WHERE q.i_ivr_prompt = c.i_machine_prompt)) AS machine_prompt_pieces,
  (SELECT i.file FROM ivr_prompts AS i WHERE i.i_ivr_prompt = c.i_no_agent_prompt) AS no_agent_file,
  IF(c.i_no_agent_prompt IS NULL, NULL, (SELECT JSON_ARRAYAGG(JSON_OBJECT('language', q.language, 'kind', q.kind, 'value', q.value,
      'engine', q.engine, 'voice', q.voice) ORDER BY q.language, q.position, q.i_ivr_prompt_piece)
    FROM ivr_prompt_pieces AS q WHERE q.i_ivr_prompt = c.i_no_agent_prompt)) AS no_agent_pieces,
  (SELECT i.file FROM ivr_prompts AS i WHERE i.i_ivr_prompt = c.i_record_prompt) AS record_file,
  IF(c.i_record_prompt IS NULL, NULL, (SELECT JSON_ARRAYAGG(JSON_OBJECT('language', q.language, 'kind', q.kind, 'value', q.value,
      'engine', q.engine, 'voice', q.voice) ORDER BY q.language, q.position, q.i_ivr_prompt_piece)
    FROM ivr_prompt_pieces AS q WHERE q.i_ivr_prompt = c.i_record_prompt)) AS record_pieces,
  IF(c.i_menu IS NULL, NULL, (SELECT JSON_ARRAYAGG(JSON_OBJECT('i_menu', m.i_menu, 'name', m.name, 'timeout_ms', m.timeout_ms,
      'repeats', m.repeats, 'i_ivr_prompt', m.i_ivr_prompt,
      'file', (SELECT i.file FROM ivr_prompts AS i WHERE i.i_ivr_prompt = m.i_ivr_prompt),
      'pieces', (SELECT JSON_ARRAYAGG(JSON_OBJECT('language', q.language, 'kind', q.kind, 'value', q.value, 'engine', q.engine,
          'voice', q.voice) ORDER BY q.language, q.position, q.i_ivr_prompt_piece)
        FROM ivr_prompt_pieces AS q WHERE q.i_ivr_prompt = m.i_ivr_prompt),
      'menu_keys', (SELECT JSON_ARRAYAGG(JSON_OBJECT('menu_key', k.menu_key, 'answer', k.answer, 'action', k.action,
          'extension', k.extension, 'i_next_menu', k.i_next_menu, 'i_ivr_prompt', k.i_ivr_prompt,
          'file', (SELECT i.file FROM ivr_prompts AS i WHERE i.i_ivr_prompt = k.i_ivr_prompt),
          'pieces', (SELECT JSON_ARRAYAGG(JSON_OBJECT('language', q.language, 'kind', q.kind, 'value', q.value,
              'engine', q.engine, 'voice', q.voice) ORDER BY q.language, q.position, q.i_ivr_prompt_piece)
            FROM ivr_prompt_pieces AS q WHERE q.i_ivr_prompt = k.i_ivr_prompt)) ORDER BY k.menu_key, k.i_menu_key)
        FROM menu_keys AS k WHERE k.i_menu = m.i_menu)))
    FROM menus AS m
    WHERE m.i_menu = c.i_menu
      OR m.i_menu IN (SELECT k.i_next_menu FROM menu_keys AS k WHERE k.i_menu = c.i_menu)
      OR m.i_menu IN (SELECT l.i_next_menu FROM menu_keys AS k JOIN menu_keys AS l ON l.i_menu = k.i_next_menu
        WHERE k.i_menu = c.i_menu)
      OR m.i_menu IN (SELECT n.i_next_menu FROM menu_keys AS k JOIN menu_keys AS l ON l.i_menu = k.i_next_menu
        JOIN menu_keys AS n ON n.i_menu = l.i_next_menu WHERE k.i_menu = c.i_menu))) AS menus,
  EXISTS (SELECT 1 FROM schedules AS s WHERE s.i_schedule = c.i_schedule) AS has_schedule,
  (SELECT JSON_ARRAYAGG(JSON_OBJECT('id', r.i_schedule_record, 'start_wday', r.start_wday, 'stop_wday', r.stop_wday,
      'start_second', IF(r.start_time IS NULL, NULL, COALESCE(FLOOR(TIME_TO_SEC(r.start_time)), -1)),
      'stop_second', IF(r.stop_time IS NULL, NULL, COALESCE(FLOOR(TIME_TO_SEC(r.stop_time)), -1))))
    FROM schedule_records AS r WHERE r.i_schedule = c.i_schedule) AS schedule_records,
  -- end settings
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', c.run_started) * 0.000001 AS run_started,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', c.run_ended) * 0.000001 AS run_ended,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', c.guard_from) * 0.000001 AS guard_from,
  TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', c.next_dial) * 0.000001 AS next_dial,
  IF(c.do_not_call_lists IS NULL, NULL, (SELECT JSON_ARRAYAGG(JSON_OBJECT('name', l.name,
      'age_sec', TIMESTAMPDIFF(SECOND, l.loaded_at, TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND),
      'max_age_days', l.max_age_days))
    FROM do_not_call_lists AS l WHERE l.name IS NOT NULL)) AS lists_there,
  (SELECT MIN(e.key_sum) FROM erased_telephones AS e) AS least_key_sum,
  (SELECT MAX(e.key_sum) FROM erased_telephones AS e) AS greatest_key_sum,
  (SELECT s.i_holiday_calendar FROM schedules AS s WHERE s.i_schedule = c.i_schedule) AS i_holiday_calendar,
  EXISTS (SELECT 1 FROM schedules AS s JOIN holiday_calendars AS k ON k.i_holiday_calendar = s.i_holiday_calendar
    WHERE s.i_schedule = c.i_schedule) AS has_holiday_calendar,
  (SELECT JSON_ARRAYAGG(DATE_FORMAT(h.date, '%Y-%m-%d'))
    FROM schedules AS s JOIN holidays AS h ON h.i_holiday_calendar = s.i_holiday_calendar
    WHERE s.i_schedule = c.i_schedule
      AND (c.schedule_zone IS NOT NULL
        OR h.date BETWEEN DATE(TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND) - INTERVAL 2 DAY
          AND DATE(TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND) + INTERVAL 42 DAY)) AS holidays,
  EXISTS (SELECT 1 FROM campaign_phones AS p FORCE INDEX (callout_open)
    WHERE p.i_campaign = c.i_campaign AND p.finished = 0 AND p.call_uuid IS NULL AND p.callout_closed IS NULL
      AND p.callout_due IS NULL AND p.next_call IS NULL)
  OR COALESCE((SELECT p.callout_due <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND
    FROM campaign_phones AS p FORCE INDEX (callout_open)
    WHERE p.i_campaign = c.i_campaign AND p.finished = 0 AND p.call_uuid IS NULL AND p.callout_closed IS NULL
      AND p.callout_due IS NOT NULL
    ORDER BY p.callout_due LIMIT 1), 0)
  OR COALESCE((SELECT p.next_call <= FROM_UNIXTIME(:#now) FROM campaign_phones AS p FORCE INDEX (callout_open)
    WHERE p.i_campaign = c.i_campaign AND p.finished = 0 AND p.call_uuid IS NULL AND p.callout_closed IS NULL
      AND p.callout_due IS NULL AND p.next_call IS NOT NULL
    ORDER BY p.next_call LIMIT 1), 0)
    AS has_due,
  IF(EXISTS (SELECT 1 FROM campaign_phones AS p FORCE INDEX (callout_open)
      WHERE p.i_campaign = c.i_campaign AND p.finished = 0 AND p.call_uuid IS NULL AND p.callout_closed IS NULL
        AND p.callout_due IS NULL AND p.next_call IS NULL),
    NULL,
    (SELECT TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', p.callout_due) * 0.000001
      FROM campaign_phones AS p FORCE INDEX (callout_open)
      WHERE p.i_campaign = c.i_campaign AND p.finished = 0 AND p.call_uuid IS NULL AND p.callout_closed IS NULL
      AND p.callout_due IS NOT NULL
      ORDER BY p.callout_due LIMIT 1)) AS next_due,
  IF(EXISTS (SELECT 1 FROM campaign_phones AS p FORCE INDEX (callout_open)
      WHERE p.i_campaign = c.i_campaign AND p.finished = 0 AND p.call_uuid IS NULL AND p.callout_closed IS NULL
        AND p.callout_due IS NULL AND p.next_call IS NULL),
    NULL,
    (SELECT UNIX_TIMESTAMP(p.next_call) FROM campaign_phones AS p FORCE INDEX (callout_open)
      WHERE p.i_campaign = c.i_campaign AND p.finished = 0 AND p.call_uuid IS NULL AND p.callout_closed IS NULL
        AND p.callout_due IS NULL AND p.next_call IS NOT NULL
      ORDER BY p.next_call LIMIT 1)) AS next_due_local,
  (SELECT p.callout_closed FROM campaign_phones AS p FORCE INDEX (callout_open)
    WHERE p.i_campaign = c.i_campaign AND p.finished = 0 AND p.call_uuid IS NULL
    ORDER BY p.callout_closed DESC LIMIT 1) IS NOT NULL AS has_closed,
  EXISTS (SELECT 1 FROM campaign_phones AS p FORCE INDEX (callout_open)
    WHERE p.i_campaign = c.i_campaign AND p.call_uuid IS NULL AND p.finished = 0)
  OR (SELECT p.call_uuid FROM campaign_phones AS p FORCE INDEX (callout_open)
    WHERE p.i_campaign = c.i_campaign ORDER BY p.call_uuid DESC LIMIT 1) IS NOT NULL AS has_open,
  (SELECT p.call_uuid FROM campaign_phones AS p FORCE INDEX (callout_open)
    WHERE p.i_campaign = c.i_campaign ORDER BY p.call_uuid DESC LIMIT 1) IS NOT NULL AS in_progress
FROM campaigns AS c
ORDER BY c.i_campaign
