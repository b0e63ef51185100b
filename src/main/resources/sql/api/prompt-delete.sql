-- Deletes a prompt. It must have been checked before that no campaign uses it.
DELETE FROM ivr_prompts WHERE i_ivr_prompt = :#key
