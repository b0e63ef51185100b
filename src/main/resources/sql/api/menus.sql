-- Menus in a range of keys.
SELECT i_menu, name, i_ivr_prompt, timeout_ms, repeats FROM menus
WHERE i_menu BETWEEN :#first AND :#last ORDER BY i_menu LIMIT :#limit
