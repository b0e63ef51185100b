-- Everything about one outcome that is still to be sent. Times are UTC.
SELECT o.*, c.name AS campaign
FROM outcome_outbox AS o LEFT JOIN campaigns AS c ON c.i_campaign = o.i_campaign WHERE o.i_outcome = :#key
