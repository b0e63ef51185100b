-- Holds an uploaded file until the transaction ends.
SELECT i_prompt_file FROM prompt_files WHERE i_prompt_file = :#key FOR UPDATE
