-- Nobody uses it.
DELETE FROM ivr_prompts WHERE i_ivr_prompt = :#key
