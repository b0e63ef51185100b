-- May be called again.
DELETE FROM do_not_call WHERE number = :#number
