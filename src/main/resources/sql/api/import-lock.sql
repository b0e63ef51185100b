-- Allows one import per campaign at a time: two would not see each other's numbers.
SELECT GET_LOCK(CONCAT('callout-import-', DATABASE(), '-', :#campaign), 0) AS held
