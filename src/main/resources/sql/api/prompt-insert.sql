-- Creates a prompt.
INSERT INTO ivr_prompts (name, file) VALUES (:#name, :#file)
