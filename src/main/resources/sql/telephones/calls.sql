-- The calls for which telephones were taken last.
SELECT call_uuid FROM telephones FORCE INDEX (PRIMARY) WHERE e164 IN (:#in:telephones)
