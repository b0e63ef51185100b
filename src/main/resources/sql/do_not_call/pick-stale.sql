-- Some of these entries, but none that another node reads at this moment. The order keeps index entries that are gone, and not
-- purged yet, from being passed again and again.
SELECT number AS text FROM do_not_call FORCE INDEX (callout_e164_known)
WHERE e164_known <=> :#stale AND (:#after IS NULL OR number > :#after)
ORDER BY number
LIMIT 1000
FOR UPDATE SKIP LOCKED
