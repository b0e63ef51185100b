-- Changes the name and file of a prompt.
UPDATE ivr_prompts SET name = :#name, file = :#file WHERE i_ivr_prompt = :#key
