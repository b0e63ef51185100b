-- Records how far a table's retries have been put off. NULL: all of them.
UPDATE clock_steps SET shifted_to = :#to WHERE step = :#step AND list = :#list
