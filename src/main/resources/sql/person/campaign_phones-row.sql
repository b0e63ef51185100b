-- Everything about one number. Times are the server's local time, as in the table.
SELECT p.*, p.e164 AS e164, p.timezone AS timezone, p.consent AS consent, p.vars AS vars, p.digits AS digits, p.menu_answer AS menu_answer, p.answered_by AS answered_by, p.amd_ms AS amd_ms, p.i_import AS i_import, c.name AS campaign
FROM campaign_phones AS p LEFT JOIN campaigns AS c ON c.i_campaign = p.i_campaign WHERE p.i_campaign_phone = :#key
