-- Whether a partition has attempts that the retention must keep.
SELECT EXISTS (
  SELECT 1 FROM call_attempts FORCE INDEX (callout_ended)
  WHERE call_uuid >= :#from AND call_uuid < :#to
    AND (disconnect_time >= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#cutoff SECOND OR disconnect_time IS NULL))
