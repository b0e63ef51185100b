-- What people set of one number of a list.
SELECT number AS cld, callerid, vars FROM destination_list FORCE INDEX (callout_row) WHERE callout_row = :#key
