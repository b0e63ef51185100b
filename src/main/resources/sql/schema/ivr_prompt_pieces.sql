-- Pieces of prompts, in place of ivr_prompts.file: files, silence, values that are said, text that is spoken. language NULL: for
-- numbers whose language has no pieces. position orders the pieces of a language.
CREATE TABLE IF NOT EXISTS ivr_prompt_pieces (
  i_ivr_prompt_piece BIGINT NOT NULL AUTO_INCREMENT,
  i_ivr_prompt BIGINT NOT NULL,
  language VARCHAR(12),
  position INT NOT NULL DEFAULT 0,
  kind VARCHAR(16) NOT NULL,
  value VARCHAR(1000) NOT NULL,
  engine VARCHAR(64),
  voice VARCHAR(64),
  PRIMARY KEY (i_ivr_prompt_piece),
  INDEX callout_prompt (i_ivr_prompt, language, position)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
