-- Creates the row of an uploaded file.
INSERT INTO prompt_files (sha256, name, bytes, rate, duration_ms, uploaded_at, uploaded_by)
VALUES (:#sha256, :#name, :#bytes, :#rate, :#duration_ms, UTC_TIMESTAMP(3), LEFT(:#who, 160))
