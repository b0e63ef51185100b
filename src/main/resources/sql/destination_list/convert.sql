-- A claim is a transaction.
ALTER TABLE destination_list ENGINE=InnoDB
