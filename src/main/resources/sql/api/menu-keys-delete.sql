-- Deletes all keys of a menu.
DELETE FROM menu_keys WHERE i_menu = :#key
