-- Everything about one attempt. Times are UTC.
SELECT a.*, c.name AS campaign
FROM call_attempts AS a LEFT JOIN campaigns AS c ON c.i_campaign = a.i_campaign WHERE a.call_uuid = :#key
