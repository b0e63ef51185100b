-- Records by what a node judges numbers, beside the tables.
UPDATE nodes SET judges_by = :#terms WHERE incarnation = :#incarnation
