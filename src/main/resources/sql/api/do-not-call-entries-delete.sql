-- Removes a number from a further list, in whatever form it is written there.
DELETE FROM do_not_call_entries WHERE i_do_not_call_list = :#list AND (written_as = :#number OR e164 = :#e164)
