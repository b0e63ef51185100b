-- Whether a node still exists. Its row is locked until the transaction ends.
SELECT incarnation FROM nodes WHERE incarnation = :#lost FOR UPDATE
