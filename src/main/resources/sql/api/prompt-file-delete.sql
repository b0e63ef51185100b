-- Deletes an uploaded file.
DELETE FROM prompt_files WHERE i_prompt_file = :#key
