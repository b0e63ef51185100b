-- A list of numbers in mod_dialer's layout. Only these columns are visible. lastcall is the server's local time.
CREATE TABLE IF NOT EXISTS destination_list (
  number VARCHAR(64) NOT NULL,
  lastcall DATETIME(3),
  lastresult VARCHAR(255),
  calls INT DEFAULT 0,
  in_use TINYINT DEFAULT 0,
  duration INT,
  callerid VARCHAR(64),
  PRIMARY KEY (number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
