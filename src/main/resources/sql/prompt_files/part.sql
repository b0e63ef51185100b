-- One part of an uploaded file.
SELECT content FROM prompt_file_parts WHERE i_prompt_file = :key AND part = :part
