-- The first outcomes of the outbox. Of each number they are the oldest, because its rows are committed in the order of their ids.
SET STATEMENT lock_wait_timeout = 0 FOR
SELECT i_outcome, call_uuid, i_campaign, list, i_campaign_phone, outcome FROM outcome_outbox ORDER BY i_outcome LIMIT 500
