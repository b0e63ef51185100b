-- The further do-not-call lists that campaigns can name.
SELECT i_do_not_call_list, name, country FROM do_not_call_lists WHERE name IS NOT NULL ORDER BY i_do_not_call_list
