-- Whether the number is in a call.
SELECT COUNT(*) FROM campaign_phones WHERE i_campaign_phone = :#key AND cld = :#number AND call_uuid IS NOT NULL
