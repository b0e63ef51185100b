-- Changes a menu.
UPDATE menus SET name = :#name, i_ivr_prompt = :#i_ivr_prompt, timeout_ms = :#timeout_ms, repeats = :#repeats WHERE i_menu = :#key
