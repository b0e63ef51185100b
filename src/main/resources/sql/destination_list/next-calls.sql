-- The next higher count of calls, below the allowed attempts, that numbers of a state have. NULL: none.
SELECT MIN(callout_calls) FROM destination_list FORCE INDEX (callout_by_calls)
WHERE callout_called_state = :#state AND callout_calls > :#after AND callout_calls < :#below
