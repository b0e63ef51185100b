-- The server, the database, and the user that it sees.
SELECT VERSION() AS version, CURRENT_USER() AS user, DATABASE() AS name
