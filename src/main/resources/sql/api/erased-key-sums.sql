-- By which keys the numbers of erased persons were hashed: the least and the greatest of their sums.
SELECT MIN(key_sum) AS least, MAX(key_sum) AS greatest FROM erased_telephones
