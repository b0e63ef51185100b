-- Deletes a menu. It must have been checked before that nothing leads to it.
DELETE FROM menus WHERE i_menu = :#key
