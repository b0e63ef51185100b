-- Makes a node the sender, or keeps it so, unless another node is. A turn that ends later than one that begins now is over: the clock
-- of the database was set back.
INSERT INTO outcome_sender (one, owner, expires) VALUES (1, :#owner, UTC_TIMESTAMP(3) + INTERVAL :#seconds SECOND)
ON DUPLICATE KEY UPDATE
  owner = IF(outcome_sender.owner = VALUES(owner) OR outcome_sender.expires < UTC_TIMESTAMP(3)
    OR outcome_sender.expires > VALUES(expires), VALUES(owner), outcome_sender.owner),
  expires = IF(outcome_sender.owner = VALUES(owner), VALUES(expires), outcome_sender.expires)
