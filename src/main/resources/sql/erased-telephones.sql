-- Those of these hashes of numbers that belong to erased persons.
SELECT hash FROM erased_telephones FORCE INDEX (PRIMARY) WHERE hash IN (:#in:hashes)
