-- How many hashes of erased persons' numbers were made by another key.
SELECT COUNT(*) FROM erased_telephones WHERE key_sum <> :#sum
