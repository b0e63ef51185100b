-- Locks a campaign before its audit is read. Claims hold such a row too, but never for long.
SELECT i_campaign FROM campaigns WHERE i_campaign = :#campaign FOR UPDATE
