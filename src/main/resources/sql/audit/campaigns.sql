-- The settings of campaigns as JSON objects: as they are, and as they were last audited. Of what may be secret only a few digits of
-- a hash are kept, by which a change is seen. Only a run with finish_on ends by itself.
SELECT c.i_campaign, c.name, c.run_ended IS NOT NULL AND COALESCE(c.finish_on, 0) <> 0 AS has_ended, a.state AS seen,
  CONVERT(JSON_OBJECT(
    'name', c.name, 'description', c.description, 'i_ivr_prompt', c.i_ivr_prompt, 'paused', c.paused, 'username', c.username,
    'md5secret', LEFT(SHA2(CONCAT(c.i_campaign, c.md5secret), 256), 8), 'cli', c.cli, 'i_schedule', c.i_schedule,
    'max_concurrent_calls', c.max_concurrent_calls, 'max_attempts', c.max_attempts, 'timeout_sec', c.timeout_sec,
    'backoff_sec', c.backoff_sec, 'threshold_msec', c.threshold_msec, 'context', c.context, 'dialplan_type', c.dialplan_type,
    'profile_gateway', c.profile_gateway, 'gateway_group', c.gateway_group, 'caller_id_pool', c.caller_id_pool, 'weight', c.weight, 'guard_percent', c.guard_percent, 'max_cost', c.max_cost, 'max_minutes', c.max_minutes, 'pause_reason', c.pause_reason,
    'add_custom_header_name', c.add_custom_header_name,
    'add_custom_header_value', LEFT(SHA2(CONCAT(c.i_campaign, c.add_custom_header_value), 256), 8),
    'time_between_calls', c.time_between_calls, 'gaussian_distribution', c.gaussian_distribution,
    'gaussian_distribution_mean', c.gaussian_distribution_mean, 'gaussian_distribution_stdv', c.gaussian_distribution_stdv,
    'call_max_duration', c.call_max_duration, 'call_min_duration', c.call_min_duration, 'cancel_ratio', c.cancel_ratio,
    'destination_list', c.destination_list, 'codec_list', c.codec_list, 'calling_strategy', c.calling_strategy,
    'action_on_answer', c.action_on_answer, 'transfer_on_answer', c.transfer_on_answer, 'finish_on', c.finish_on,
    'datetime_start', c.datetime_start, 'timezone', c.timezone, 'country', c.country, 'duplicates', c.duplicates,
    'i_menu', c.i_menu, 'success_if', c.success_if, 'amd', c.amd, 'i_machine_prompt', c.i_machine_prompt,
    'machine_beep_wait_sec', c.machine_beep_wait_sec, 'hand_over', c.hand_over, 'hand_over_sec', c.hand_over_sec,
    'i_no_agent_prompt', c.i_no_agent_prompt, 'record_percent', c.record_percent, 'i_record_prompt', c.i_record_prompt, 'retry_delays', c.retry_delays, 'calling_rules', c.calling_rules, 'schedule_zone', c.schedule_zone,
    'do_not_call_lists', c.do_not_call_lists, 'emergency', c.emergency, 'import_problem', c.import_problem) USING utf8mb4) COLLATE utf8mb4_bin AS state
FROM campaigns AS c LEFT JOIN audited_campaigns AS a ON a.i_campaign = c.i_campaign
