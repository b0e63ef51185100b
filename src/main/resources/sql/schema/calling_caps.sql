-- How often a calling rule lets one telephone be called: at most max_calls within any per_hours. A rule can have several.
CREATE TABLE IF NOT EXISTS calling_caps (
  i_calling_cap BIGINT NOT NULL AUTO_INCREMENT,
  i_calling_rule BIGINT NOT NULL,
  max_calls INT NOT NULL,
  per_hours INT NOT NULL,
  PRIMARY KEY (i_calling_cap),
  INDEX callout_rule (i_calling_rule)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE calling_caps
  ADD COLUMN IF NOT EXISTS i_calling_rule BIGINT NOT NULL,
  ADD COLUMN IF NOT EXISTS max_calls INT NOT NULL,
  ADD COLUMN IF NOT EXISTS per_hours INT NOT NULL,
  ADD INDEX IF NOT EXISTS callout_rule (i_calling_rule);
