-- Calling rules: when and how often people may be called. A campaign names the rules that bind it; several rows can have one name.
-- applies_to is a country's two letters, a prefix such as +1212, or empty for all telephones. i_schedule counts in the callee's zone.
CREATE TABLE IF NOT EXISTS calling_rules (
  i_calling_rule BIGINT NOT NULL AUTO_INCREMENT,
  name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  applies_to VARCHAR(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL DEFAULT '',
  description TEXT,
  i_schedule BIGINT,
  lockout_hours INT,
  shortest_ring_sec INT,
  caller_id_required TINYINT NOT NULL DEFAULT 0,
  consent_required TINYINT NOT NULL DEFAULT 0,
  PRIMARY KEY (i_calling_rule),
  INDEX callout_name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE calling_rules
  ADD COLUMN IF NOT EXISTS name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  ADD COLUMN IF NOT EXISTS applies_to VARCHAR(16) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS description TEXT,
  ADD COLUMN IF NOT EXISTS i_schedule BIGINT,
  ADD COLUMN IF NOT EXISTS lockout_hours INT,
  ADD COLUMN IF NOT EXISTS shortest_ring_sec INT,
  ADD COLUMN IF NOT EXISTS caller_id_required TINYINT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS consent_required TINYINT NOT NULL DEFAULT 0,
  ADD INDEX IF NOT EXISTS callout_name (name);
