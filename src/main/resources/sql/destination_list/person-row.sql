-- Everything about one number, columns of others included. Times are the server's local time, as in the table.
SELECT * FROM destination_list FORCE INDEX (callout_row) WHERE callout_row = :#key
