-- Deletes days that nothing asks for any more.
DELETE FROM campaign_days WHERE day < :#day - INTERVAL 31 DAY LIMIT 1000
