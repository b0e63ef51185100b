-- The test calls in progress that nobody follows: their node is lost, or they must be over.
SELECT t.call_uuid, t.call_switch, t.dialled IS NOT NULL AS sent, t.answered IS NOT NULL AS answered,
  t.expires <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND AS must_be_over
FROM test_numbers AS t LEFT JOIN nodes AS n ON n.incarnation = t.owner
WHERE t.call_uuid IS NOT NULL AND t.ended IS NULL
  AND (n.incarnation IS NULL OR t.expires <= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL :#now SECOND)
