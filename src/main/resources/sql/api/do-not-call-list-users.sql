-- Campaigns that name a list.
SELECT name FROM campaigns
WHERE LOCATE(
    (SELECT CONCAT(',', l.name, ',') FROM do_not_call_lists AS l WHERE l.i_do_not_call_list = :#key),
    CONCAT(',', REGEXP_REPLACE(do_not_call_lists, '[[:space:],]+', ','), ',')) > 0
ORDER BY i_campaign LIMIT 3
