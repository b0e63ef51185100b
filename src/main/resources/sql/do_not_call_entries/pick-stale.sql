-- Some of these entries, but none that another node reads at this moment. The order keeps index entries that are gone, and not
-- purged yet, from being passed again and again.
SELECT written_as AS text FROM do_not_call_entries FORCE INDEX (callout_e164_known)
WHERE i_do_not_call_list = :#list AND e164_known <=> :#stale AND (:#after IS NULL OR written_as > :#after)
ORDER BY written_as
LIMIT 1000
FOR UPDATE SKIP LOCKED
