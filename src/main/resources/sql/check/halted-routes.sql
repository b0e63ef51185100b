-- Nodes with routes that are not started. Nodes whose lease has expired count, too: the lease's route may be one of these routes.
SELECT name, halted FROM nodes WHERE halted IS NOT NULL ORDER BY name
