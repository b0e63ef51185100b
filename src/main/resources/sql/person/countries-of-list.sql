-- The countries of the campaigns that dial from a list.
SELECT DISTINCT country FROM campaigns WHERE destination_list = :#list
