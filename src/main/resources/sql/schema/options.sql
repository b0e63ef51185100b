-- Settings in the database, as the campaign application stored them.
CREATE TABLE IF NOT EXISTS options (
  section VARCHAR(64) NOT NULL,
  `option` VARCHAR(64) NOT NULL,
  value VARCHAR(255),
  PRIMARY KEY (section, `option`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE options
  ADD COLUMN IF NOT EXISTS value VARCHAR(255);
