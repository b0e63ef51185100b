-- Those of these campaigns that are bound by a do-not-call list with an entry of which it is not known yet which telephone it means.
-- Locks nothing: an entry that nobody has committed yet counts for nothing.
SELECT c.i_campaign FROM campaigns AS c
WHERE c.i_campaign IN (:#in:campaigns) AND NOT COALESCE(c.emergency REGEXP '[^[:space:]]', FALSE)
  AND (EXISTS (SELECT 1 FROM do_not_call AS d FORCE INDEX (callout_e164_known) WHERE d.e164_known IS NULL)
    OR EXISTS (
      SELECT 1 FROM do_not_call_lists AS l STRAIGHT_JOIN do_not_call_entries AS d FORCE INDEX (callout_e164_known)
        ON d.i_do_not_call_list = l.i_do_not_call_list AND d.e164_known IS NULL
      WHERE FIND_IN_SET(l.name, REGEXP_REPLACE(c.do_not_call_lists, '[,[:space:]]+', ','))))
