-- What was reported of a call until now, which nobody changes meanwhile.
SELECT result, note FROM call_reports WHERE call_uuid = :#call FOR UPDATE
