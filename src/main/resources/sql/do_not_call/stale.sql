-- By what one of the entries was read that are not read by the present country and metadata, or not as they stand now. NULL: by
-- nothing.
SELECT e164_known FROM do_not_call FORCE INDEX (callout_e164_known)
WHERE e164_known IS NULL OR e164_known < :#version OR e164_known > :#version
LIMIT 1
