-- The number that has called a telephone last, and whether its call may still be up.
SELECT call_uuid, list, i_campaign_phone, expires > UTC_TIMESTAMP(3) AS may_be_up FROM telephones WHERE e164 = :#telephone
