-- The content of uploaded files, in parts that fit into one packet of any server. part counts from 1.
CREATE TABLE IF NOT EXISTS prompt_file_parts (
  i_prompt_file BIGINT NOT NULL,
  part INT NOT NULL,
  content MEDIUMBLOB NOT NULL,
  PRIMARY KEY (i_prompt_file, part)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
