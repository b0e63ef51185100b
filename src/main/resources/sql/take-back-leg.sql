-- Takes back that a call was followed by a next leg, because that leg was not made after all. Its end is recorded anew.
DELETE FROM call_attempts WHERE call_uuid = :#call AND status = 'next leg'
