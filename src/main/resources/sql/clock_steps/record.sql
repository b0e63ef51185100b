-- Records a step for one table of numbers. If the row exists already, another node was faster.
INSERT INTO clock_steps (step, list, seen, micros, node, shifted_to)
VALUES (:#step, :#list, TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#seen SECOND, :#micros, :#node, :#shiftedTo)
