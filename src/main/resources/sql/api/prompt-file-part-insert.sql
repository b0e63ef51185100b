-- Adds a part of an uploaded file.
INSERT INTO prompt_file_parts (i_prompt_file, part, content) VALUES (:#key, :#part, :#content)
