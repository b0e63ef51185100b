-- Campaigns in a range of keys, with everything that decides whether they can be dialled at all.
SELECT
  c.i_campaign, c.name, c.description, c.i_ivr_prompt, c.paused, c.username, c.md5secret, c.cli, c.i_schedule,
  c.max_concurrent_calls, c.max_attempts, c.timeout_sec, c.backoff_sec, c.threshold_msec, c.context, c.dialplan_type,
  c.profile_gateway, c.gateway_group, c.caller_id_pool, c.weight, c.guard_percent, c.max_cost, c.max_minutes, c.add_custom_header_name, c.add_custom_header_value, c.time_between_calls, c.gaussian_distribution,
  c.gaussian_distribution_mean, c.gaussian_distribution_stdv, c.call_max_duration, c.call_min_duration, c.cancel_ratio,
  c.destination_list, c.codec_list, c.calling_strategy, c.action_on_answer, c.transfer_on_answer, c.finish_on,
  COALESCE(DATE_FORMAT(c.datetime_start, '%Y-%m-%dT%H:%i:%s'), c.datetime_start) AS datetime_start, c.timezone,
  c.country, c.retry_delays, c.i_menu, c.success_if, c.amd, c.i_machine_prompt, c.machine_beep_wait_sec,
  c.hand_over, c.hand_over_sec, c.i_no_agent_prompt, c.record_percent, c.i_record_prompt, c.duplicates, c.calling_rules, c.schedule_zone, c.do_not_call_lists, c.emergency,
  IF(c.do_not_call_lists IS NULL, NULL, (SELECT JSON_ARRAYAGG(JSON_OBJECT('name', l.name,
      'age_sec', TIMESTAMPDIFF(SECOND, l.loaded_at, UTC_TIMESTAMP(3)), 'max_age_days', l.max_age_days))
    FROM do_not_call_lists AS l WHERE l.name IS NOT NULL)) AS lists_there,
  CONCAT(LEFT(DATE_FORMAT(c.run_started, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS run_started,
  CONCAT(LEFT(DATE_FORMAT(c.run_ended, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS run_ended, c.calls_made,
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
    FROM schedule_records AS r WHERE r.i_schedule = c.i_schedule) AS schedule_records
FROM campaigns AS c
WHERE c.i_campaign BETWEEN :#first AND :#last
ORDER BY c.i_campaign
LIMIT :#limit
