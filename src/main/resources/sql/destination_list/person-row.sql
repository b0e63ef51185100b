-- Everything about one number, columns of others included. Times are the server's local time, as in the table.
SELECT p.* /* telephone */ /* variables */
FROM destination_list AS p FORCE INDEX (callout_row) WHERE p.callout_row = :#key
