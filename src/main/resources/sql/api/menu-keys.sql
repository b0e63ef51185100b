-- The keys of a menu.
SELECT menu_key AS `key`, answer, COALESCE(action, 'end') AS action, extension, i_next_menu, i_ivr_prompt
FROM menu_keys WHERE i_menu = :#key ORDER BY menu_key
