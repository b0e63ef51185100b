-- Records which routes of a node are not started. NULL: none.
UPDATE nodes SET halted = :#halted WHERE incarnation = :#incarnation
