-- Adds a key to a menu.
INSERT INTO menu_keys (i_menu, menu_key, answer, action, extension, i_next_menu, i_ivr_prompt)
VALUES (:#menu, :#key, :#answer, :#action, :#extension, :#i_next_menu, :#i_ivr_prompt)
