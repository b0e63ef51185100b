-- The uploaded file with this content, if there is one.
SELECT i_prompt_file FROM prompt_files WHERE sha256 = :#sha256
