-- Which call to some telephones was the last, and those before it. Locks nothing.
SELECT e164, call_uuid, recent FROM telephones FORCE INDEX (PRIMARY) WHERE e164 IN (:#in:telephones)
