-- The key that the last row inserted was given.
SELECT LAST_INSERT_ID() AS id
