-- Erases a number that is in no call. What stands there then has a colon, so that it is never dialled. A lastresult that is too
-- short cuts the word.
UPDATE IGNORE destination_list FORCE INDEX (callout_row)
SET lastresult = 'ERASED', callout_next_calls = callout_calls, callout_next_lastcall = lastcall, callout_next_call = '9999-12-31',
  number = CONCAT('erased:', callout_row), callerid = NULL
WHERE callout_row = :#key AND number = :#number AND callout_uuid IS NULL AND COALESCE(in_use, 0) = 0
