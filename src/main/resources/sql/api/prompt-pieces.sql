-- The pieces of a prompt, in the order in which each language's are played.
SELECT language, kind, value, engine, voice
FROM ivr_prompt_pieces WHERE i_ivr_prompt = :#key ORDER BY language, position, i_ivr_prompt_piece
