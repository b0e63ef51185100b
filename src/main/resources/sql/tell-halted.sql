-- Tells which routes of a node are not started; none: NULL.
UPDATE nodes SET halted = :#halted WHERE incarnation = :#incarnation
