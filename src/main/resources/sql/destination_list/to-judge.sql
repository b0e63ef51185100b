-- Numbers of a part of the list that calling rules keep closed by another version of the rules than the campaign's, or that are
-- fresh. Locks nothing.
SELECT callout_row AS id, :#campaign AS i_campaign, callout_e164 AS e164, callout_e164_read AS e164_read, callout_shuffle AS shuffle,
  timezone, callerid, consent, callout_inputs AS inputs, callout_state = 7 AS closed
FROM destination_list FORCE INDEX (callout_row)
WHERE callout_row > :#after AND callout_row <= :#to
  AND (callout_state = 0 OR callout_state = 7 AND NOT FIND_IN_SET(CONCAT(:#campaign, ' ', callout_rule_version), :#versions))
ORDER BY callout_row
