-- Deletes all pieces of a prompt.
DELETE FROM ivr_prompt_pieces WHERE i_ivr_prompt = :#key
