-- Everything about one attempt. Times are UTC.
SELECT a.*, c.name AS campaign, b.run_started, b.started_by, b.revision, b.prompt, b.prompt_sha256, b.rules, b.rules_version, r.result AS report, r.note AS report_note
FROM call_attempts AS a LEFT JOIN campaigns AS c ON c.i_campaign = a.i_campaign
  LEFT JOIN call_bases AS b ON b.i_call_base = a.i_call_base LEFT JOIN call_reports AS r ON r.call_uuid = a.call_uuid
WHERE a.call_uuid = :#key
