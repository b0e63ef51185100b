-- What number-state.sql shows, and what calling rules go by.
SELECT number AS cld, callerid, vars, timezone, consent
FROM destination_list FORCE INDEX (callout_row) WHERE callout_row = :#key
