-- Takes a number off the list, however it is written there.
DELETE FROM do_not_call WHERE number = :#number OR dialled = :#dialled
