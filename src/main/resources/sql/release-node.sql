-- Deletes a lease.
DELETE FROM nodes WHERE incarnation = :#incarnation
