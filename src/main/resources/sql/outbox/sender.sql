-- Whether a node is the sender.
SELECT COUNT(*) FROM outcome_sender WHERE owner = :#owner AND expires > UTC_TIMESTAMP(3)
