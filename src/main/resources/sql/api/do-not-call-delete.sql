-- Removes a number from the do-not-call list, in whatever form it is written there.
DELETE FROM do_not_call WHERE number = :#number OR dialled = :#dialled OR e164 = :#e164
