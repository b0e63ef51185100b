-- A claim is a transaction, so the table needs InnoDB.
ALTER TABLE destination_list ENGINE=InnoDB
