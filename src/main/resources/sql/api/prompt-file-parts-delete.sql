-- Deletes the content of an uploaded file.
DELETE FROM prompt_file_parts WHERE i_prompt_file = :#key
