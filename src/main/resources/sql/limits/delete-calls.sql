-- Deletes what a lost owner had.
DELETE FROM limit_calls WHERE owner = :#owner
