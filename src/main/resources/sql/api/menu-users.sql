-- The campaigns that ask by a menu, and the other menus whose keys lead to it.
SELECT name FROM campaigns WHERE i_menu = :#key
UNION ALL
SELECT DISTINCT CONCAT('menu ', k.i_menu) FROM menu_keys AS k WHERE k.i_next_menu = :#key AND k.i_menu <> :#key
LIMIT 3
