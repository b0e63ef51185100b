-- All uploaded files.
SELECT i_prompt_file, sha256, bytes FROM prompt_files ORDER BY i_prompt_file
