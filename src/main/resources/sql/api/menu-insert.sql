-- Creates a menu.
INSERT INTO menus (name, i_ivr_prompt, timeout_ms, repeats) VALUES (:#name, :#i_ivr_prompt, :#timeout_ms, :#repeats)
