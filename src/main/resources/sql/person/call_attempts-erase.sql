-- Erases the number of an attempt. The attempt stays, and is counted.
UPDATE call_attempts SET number = CONCAT('erased:', i_campaign_phone) WHERE call_uuid = :#key AND number = :#number
