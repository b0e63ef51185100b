-- Numbers of a part of the table that are not in a call, and whose telephones have not been read by this country and metadata, or
-- not as the numbers stand now. Locks nothing. The list has one country, whichever of :#in:campaigns dials from it.
SELECT callout_row AS id FROM destination_list FORCE INDEX (callout_row)
WHERE callout_row > :#after AND callout_row <= :#to AND 0 NOT IN (:#in:campaigns) AND callout_uuid IS NULL
  AND NOT (callout_e164_read <=> CONCAT(:#version, '/', callout_shuffle))
ORDER BY callout_row
