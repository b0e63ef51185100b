-- Creates a campaign.
INSERT INTO campaigns (
  name, description, i_ivr_prompt, paused, username, md5secret, cli, i_schedule, max_concurrent_calls, max_attempts,
  timeout_sec, backoff_sec, threshold_msec, context, dialplan_type, profile_gateway, gateway_group, caller_id_pool, weight, guard_percent, max_cost, max_minutes, add_custom_header_name,
  add_custom_header_value, time_between_calls, gaussian_distribution, gaussian_distribution_mean,
  gaussian_distribution_stdv, call_max_duration, call_min_duration, cancel_ratio, destination_list, codec_list,
  calling_strategy, action_on_answer, transfer_on_answer, finish_on, datetime_start, timezone, retry_delays,
  do_not_call_lists, emergency, country, duplicates, calling_rules, schedule_zone, i_menu, success_if,
  amd, i_machine_prompt, machine_beep_wait_sec,
  hand_over, hand_over_sec, i_no_agent_prompt, record_percent, i_record_prompt)
VALUES (
  :#name, :#description, :#i_ivr_prompt, :#paused, :#username, :#md5secret, :#cli, :#i_schedule, :#max_concurrent_calls,
  :#max_attempts, :#timeout_sec, :#backoff_sec, :#threshold_msec, :#context, :#dialplan_type, :#profile_gateway, :#gateway_group, :#caller_id_pool, :#weight, :#guard_percent, :#max_cost, :#max_minutes,
  :#add_custom_header_name, :#add_custom_header_value, :#time_between_calls, :#gaussian_distribution,
  :#gaussian_distribution_mean, :#gaussian_distribution_stdv, :#call_max_duration, :#call_min_duration, :#cancel_ratio,
  :#destination_list, :#codec_list, :#calling_strategy, :#action_on_answer, :#transfer_on_answer, :#finish_on,
  :#datetime_start, :#timezone, :#retry_delays, :#do_not_call_lists, :#emergency,
  :#country, :#duplicates, :#calling_rules, :#schedule_zone, :#i_menu, :#success_if,
  :#amd, :#i_machine_prompt, :#machine_beep_wait_sec,
  :#hand_over, :#hand_over_sec, :#i_no_agent_prompt, :#record_percent, :#i_record_prompt)
