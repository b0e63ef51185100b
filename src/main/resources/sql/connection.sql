-- The number of this connection.
SELECT CONNECTION_ID()
