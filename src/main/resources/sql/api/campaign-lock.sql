-- Locks the campaign against claims and other changes until the transaction ends.
SELECT i_campaign FROM campaigns WHERE i_campaign = :#key FOR UPDATE
