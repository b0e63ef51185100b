-- Holds our lease until the transaction ends; no row means that it is lost.
SELECT incarnation FROM nodes WHERE incarnation = :#owner LOCK IN SHARE MODE
