-- Everything about one entry. Times are UTC.
SELECT d.*, d.e164 AS e164 FROM do_not_call AS d WHERE d.number = :#key
