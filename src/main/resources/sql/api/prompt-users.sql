-- The campaigns that use a prompt.
SELECT name FROM campaigns WHERE i_ivr_prompt = :#key LIMIT 3
