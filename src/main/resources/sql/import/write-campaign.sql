-- Writes what an import made of a campaign, and what it read, for the next import to compare with. Only the first import pauses
-- the campaign.
UPDATE campaigns
SET
  context = :#context, dialplan_type = :#dialplan_type, profile_gateway = :#profile_gateway,
  add_custom_header_name = :#add_custom_header_name, add_custom_header_value = :#add_custom_header_value,
  max_concurrent_calls = :#max_concurrent_calls, time_between_calls = :#time_between_calls, max_attempts = :#max_attempts,
  backoff_sec = :#backoff_sec, timeout_sec = :#timeout_sec, cancel_ratio = :#cancel_ratio, cli = :#cli,
  destination_list = :#destination_list, codec_list = :#codec_list, calling_strategy = :#calling_strategy,
  action_on_answer = :#action_on_answer, transfer_on_answer = :#transfer_on_answer, finish_on = :#finish_on,
  gaussian_distribution = :#gaussian_distribution, gaussian_distribution_mean = :#gaussian_distribution_mean,
  gaussian_distribution_stdv = :#gaussian_distribution_stdv, call_max_duration = :#call_max_duration,
  call_min_duration = :#call_min_duration, datetime_start = :#datetime_start, threshold_msec = :#threshold_msec,
  imported = :#imported, import_problem = :#problem, paused = IF(:#first, 1, paused)
WHERE i_campaign = :#campaign
