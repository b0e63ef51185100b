-- Menus: a prompt, and for how many milliseconds a key is waited for after it. repeats says how often the prompt is played again if
-- no key is pressed.
CREATE TABLE IF NOT EXISTS menus (
  i_menu BIGINT NOT NULL AUTO_INCREMENT,
  name VARCHAR(128),
  i_ivr_prompt BIGINT,
  timeout_ms INT,
  repeats INT,
  PRIMARY KEY (i_menu)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
