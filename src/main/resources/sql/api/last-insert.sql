-- The key of the row that was inserted last.
SELECT LAST_INSERT_ID() AS id
