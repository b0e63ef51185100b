-- Whether a node is still there, unchanged until the transaction ends.
SELECT incarnation FROM nodes WHERE incarnation = :#lost FOR UPDATE
