-- Closes picked numbers that must not be called, or puts them off until their entries in the do-not-call list expire. A
-- lastresult that is too short cuts the word.
UPDATE IGNORE destination_list FORCE INDEX (callout_row)
SET lastresult = :#cause, in_use = 0, callout_next_calls = callout_calls, callout_next_lastcall = lastcall,
  callout_next_call = COALESCE(TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#nextCall SECOND, '9999-12-31')
WHERE callout_row IN (:#in:rows)
