-- The rows with exactly this campaign name, the one that an import wrote before the others. They are locked through the index.
SELECT i_campaign, imported,
  context, dialplan_type, profile_gateway, add_custom_header_name, add_custom_header_value, max_concurrent_calls,
  time_between_calls, max_attempts, backoff_sec, timeout_sec, cancel_ratio, cli, destination_list, codec_list,
  calling_strategy, action_on_answer, transfer_on_answer, finish_on, gaussian_distribution, gaussian_distribution_mean,
  gaussian_distribution_stdv, call_max_duration, call_min_duration, datetime_start, threshold_msec
FROM campaigns
WHERE name = :#name AND name = :#name COLLATE utf8mb4_bin
ORDER BY imported IS NULL, i_campaign
FOR UPDATE
