-- Removes the numbers of an import within a range of keys that were never called, and are not about to be.
DELETE FROM campaign_phones
WHERE i_campaign_phone > :#after AND i_campaign_phone <= :#upTo AND i_campaign = :#campaign AND i_import = :#key
  AND call_uuid IS NULL AND call_count = 0 AND NOT EXISTS (SELECT 1 FROM call_attempts AS a
    WHERE a.i_campaign = campaign_phones.i_campaign AND a.i_campaign_phone = campaign_phones.i_campaign_phone AND a.kind IS NULL)
