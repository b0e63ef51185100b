-- Everything about one entry. Times are UTC.
SELECT h.* FROM hang_ups AS h WHERE h.i_hang_up = :#key
