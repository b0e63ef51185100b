-- Whether a number is in progress whose call UUID comes before another UUID: the end of its call is still to be recorded.
SELECT EXISTS (
  SELECT 1 FROM destination_list FORCE INDEX (callout_owner) WHERE callout_owner IS NOT NULL AND callout_uuid < :#to)
