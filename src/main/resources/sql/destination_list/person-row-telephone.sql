-- Everything about one number, columns of others included, and what is known of the telephone. Times are the server's local time, as
-- in the table.
SELECT p.*, p.callout_e164 AS callout_e164, p.timezone AS timezone, p.consent AS consent
FROM destination_list AS p FORCE INDEX (callout_row) WHERE p.callout_row = :#key
