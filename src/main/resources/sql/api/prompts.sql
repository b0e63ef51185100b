-- Prompts in a range of keys.
SELECT i_ivr_prompt, name, file FROM ivr_prompts WHERE i_ivr_prompt BETWEEN :#first AND :#last ORDER BY i_ivr_prompt LIMIT :#limit
