-- Changes what number-update.sql changes, and what calling rules go by. If that changes, the number is judged anew.
UPDATE destination_list
SET callerid = :#callerid, vars = :#vars, timezone = :#timezone, consent = :#consent
WHERE callout_row = :#key
