-- Further do-not-call lists in a range of keys.
SELECT i_do_not_call_list, name, country, source,
  CONCAT(LEFT(DATE_FORMAT(loaded_at, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z') AS loaded_at, max_age_days
FROM do_not_call_lists
WHERE i_do_not_call_list BETWEEN :#first AND :#last AND name IS NOT NULL
ORDER BY i_do_not_call_list LIMIT :#limit
