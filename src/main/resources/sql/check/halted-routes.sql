-- Nodes with routes that are not started, those included whose lease has run out since its route is one of them.
SELECT name, halted FROM nodes WHERE halted IS NOT NULL ORDER BY name
