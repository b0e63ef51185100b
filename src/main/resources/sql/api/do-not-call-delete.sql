-- Takes a number off the do-not-call list, however it is written there.
DELETE FROM do_not_call WHERE number = :#number OR dialled = :#dialled
