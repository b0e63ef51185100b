-- What person-row.sql shows in addition of a list that has the columns for telephones.
, p.callout_e164 AS callout_e164, p.timezone AS timezone, p.consent AS consent
