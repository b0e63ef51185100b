-- Finishes picked numbers that have no attempts left.
UPDATE campaign_phones FORCE INDEX (PRIMARY)
SET finished = 1
WHERE i_campaign_phone IN (:#in:rows)
