-- Forgets which number has called a telephone last. A call that has been claimed since the person's numbers were erased stays.
DELETE FROM telephones WHERE e164 = :#telephone AND call_uuid = :#call
