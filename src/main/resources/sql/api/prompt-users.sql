-- The campaigns and menus that use a prompt.
SELECT name FROM campaigns WHERE :#key IN (i_ivr_prompt, i_machine_prompt, i_no_agent_prompt, i_record_prompt)
UNION ALL
SELECT CONCAT('menu ', m.i_menu) FROM menus AS m WHERE m.i_ivr_prompt = :#key
UNION ALL
SELECT DISTINCT CONCAT('menu ', k.i_menu) FROM menu_keys AS k WHERE k.i_ivr_prompt = :#key
LIMIT 3
