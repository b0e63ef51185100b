-- Locks our lease until the transaction ends. No row means that it is lost.
SELECT incarnation FROM nodes WHERE incarnation = :#owner LOCK IN SHARE MODE
