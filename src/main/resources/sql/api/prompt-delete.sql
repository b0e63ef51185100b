-- Deletes a prompt; whether a campaign uses it has been looked at.
DELETE FROM ivr_prompts WHERE i_ivr_prompt = :#key
