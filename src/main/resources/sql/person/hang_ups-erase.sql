-- Erases an entry. No call to the person is up that it could end.
DELETE FROM hang_ups WHERE i_hang_up = :#key
