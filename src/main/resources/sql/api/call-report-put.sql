-- Keeps what is reported of a call. What was reported before is replaced.
INSERT INTO call_reports (call_uuid, i_campaign, result, note, reported_at, reported_by)
VALUES (:#call, :#campaign, :#result, :#note, UTC_TIMESTAMP(3), LEFT(:#by, 160))
ON DUPLICATE KEY UPDATE result = VALUES(result), note = VALUES(note), reported_at = VALUES(reported_at),
  reported_by = VALUES(reported_by)
