-- Whether a number is in progress whose call UUID comes before another UUID: the end of its call is still to be recorded.
SELECT EXISTS (
  SELECT 1 FROM campaign_phones FORCE INDEX (callout_owner) WHERE owner IS NOT NULL AND call_uuid < :#to)
