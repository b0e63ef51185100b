-- The lists that campaigns dial from.
SELECT DISTINCT destination_list AS list FROM campaigns WHERE destination_list <> SPACE(0)
