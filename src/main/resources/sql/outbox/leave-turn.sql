-- Lets another node be the sender at once.
DELETE FROM outcome_sender WHERE owner = :#owner
