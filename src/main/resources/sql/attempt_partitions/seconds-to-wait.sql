-- For how many seconds a change of partitions may wait for the table. On a single server, not at all: the server refuses results
-- while a change waits. In a Galera cluster each server must wait: if one did not get the table at once, it alone would lack the
-- change. There the change ends the transactions that are in its way.
SELECT IF(COUNT(*) > 0, 86400, 0) FROM information_schema.GLOBAL_VARIABLES
WHERE VARIABLE_NAME = 'WSREP_ON' AND VARIABLE_VALUE = 'ON'
