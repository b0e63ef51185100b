-- Of campaigns those whose rows nobody else holds; holds them.
SELECT i_campaign FROM campaigns WHERE i_campaign IN (:#in:campaigns) ORDER BY i_campaign FOR UPDATE SKIP LOCKED
