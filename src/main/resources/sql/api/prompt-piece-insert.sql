-- Adds a piece to a prompt.
INSERT INTO ivr_prompt_pieces (i_ivr_prompt, language, position, kind, value, engine, voice)
VALUES (:#key, :#language, :#position, :#kind, :#value, :#engine, :#voice)
