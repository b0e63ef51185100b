-- Keeps claims and other changes out until the transaction ends.
SELECT i_campaign FROM campaigns WHERE i_campaign = :#key FOR UPDATE
