-- Who the server is, and as whom it sees us.
SELECT VERSION() AS version, CURRENT_USER() AS user, DATABASE() AS name
