-- Locks the prompt against other changes until the transaction ends.
SELECT i_ivr_prompt FROM ivr_prompts WHERE i_ivr_prompt = :#key FOR UPDATE
