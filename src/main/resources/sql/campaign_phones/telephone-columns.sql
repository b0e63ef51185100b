-- What a claim of a campaign with a country reads in addition, in place of the comment that the picking statements have for it: the
-- telephone that the number means, as far as it has been read, whether any claim has ever taken the number, and what rules go by.
, e164, e164_read, callout_expires IS NOT NULL AS claimed_before, timezone, consent, callout_inputs AS inputs
