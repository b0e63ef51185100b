-- All numbers of a list.
SELECT number AS cld FROM destination_list
