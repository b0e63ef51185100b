-- Changes the whole configuration of a campaign.
UPDATE campaigns SET
  pause_reason = IF(:#paused <> 0 AND paused <> 0, pause_reason, NULL),
  guard_from = IF(COALESCE(:#paused, 0) = 0 AND paused <> 0, UTC_TIMESTAMP(3), guard_from),
  name = :#name, description = :#description, i_ivr_prompt = :#i_ivr_prompt, paused = :#paused, username = :#username,
  md5secret = :#md5secret, cli = :#cli, i_schedule = :#i_schedule, max_concurrent_calls = :#max_concurrent_calls,
  max_attempts = :#max_attempts, timeout_sec = :#timeout_sec, backoff_sec = :#backoff_sec,
  threshold_msec = :#threshold_msec, context = :#context, dialplan_type = :#dialplan_type,
  profile_gateway = :#profile_gateway, gateway_group = :#gateway_group, caller_id_pool = :#caller_id_pool, weight = :#weight, guard_percent = :#guard_percent, max_cost = :#max_cost, max_minutes = :#max_minutes,
  add_custom_header_name = :#add_custom_header_name,
  add_custom_header_value = :#add_custom_header_value, time_between_calls = :#time_between_calls,
  gaussian_distribution = :#gaussian_distribution, gaussian_distribution_mean = :#gaussian_distribution_mean,
  gaussian_distribution_stdv = :#gaussian_distribution_stdv, call_max_duration = :#call_max_duration,
  call_min_duration = :#call_min_duration, cancel_ratio = :#cancel_ratio, destination_list = :#destination_list,
  codec_list = :#codec_list, calling_strategy = :#calling_strategy, action_on_answer = :#action_on_answer,
  transfer_on_answer = :#transfer_on_answer, finish_on = :#finish_on, datetime_start = :#datetime_start,
  timezone = :#timezone, retry_delays = :#retry_delays, do_not_call_lists = :#do_not_call_lists,
  emergency = :#emergency, calling_rules = :#calling_rules, schedule_zone = :#schedule_zone,
  country = :#country, duplicates = :#duplicates, i_menu = :#i_menu, success_if = :#success_if,
  amd = :#amd, i_machine_prompt = :#i_machine_prompt, machine_beep_wait_sec = :#machine_beep_wait_sec,
  hand_over = :#hand_over, hand_over_sec = :#hand_over_sec, i_no_agent_prompt = :#i_no_agent_prompt,
  record_percent = :#record_percent, i_record_prompt = :#i_record_prompt
WHERE i_campaign = :#key
