-- The id of this connection.
SELECT CONNECTION_ID()
