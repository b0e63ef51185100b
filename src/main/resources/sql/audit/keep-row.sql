-- Keeps a row as it has been audited.
INSERT INTO audited_rows (kind, id, state) VALUES (:#kind, :#key, :#state) ON DUPLICATE KEY UPDATE state = VALUE(state)
