-- Locks the menu against other changes until the transaction ends.
SELECT i_menu FROM menus WHERE i_menu = :#key FOR UPDATE
