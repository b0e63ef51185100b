-- The connection that holds the lock that another one waits for. The server shows it to users with the PROCESS privilege.
SELECT holder.trx_mysql_thread_id AS connection
FROM information_schema.INNODB_LOCK_WAITS AS w
JOIN information_schema.INNODB_TRX AS waiter ON waiter.trx_id = w.requesting_trx_id
JOIN information_schema.INNODB_TRX AS holder ON holder.trx_id = w.blocking_trx_id
WHERE waiter.trx_mysql_thread_id = :#waiting AND holder.trx_state = 'RUNNING'
