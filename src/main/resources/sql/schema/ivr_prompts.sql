-- Prompts that campaigns play.
CREATE TABLE IF NOT EXISTS ivr_prompts (
  i_ivr_prompt BIGINT NOT NULL AUTO_INCREMENT,
  name VARCHAR(128),
  file VARCHAR(255),
  PRIMARY KEY (i_ivr_prompt)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

ALTER TABLE ivr_prompts
  ADD COLUMN IF NOT EXISTS name VARCHAR(128),
  ADD COLUMN IF NOT EXISTS file VARCHAR(255);
