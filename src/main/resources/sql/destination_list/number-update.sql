-- Changes what people set of one number of a list.
UPDATE destination_list SET callerid = :#callerid, vars = :#vars WHERE callout_row = :#key
