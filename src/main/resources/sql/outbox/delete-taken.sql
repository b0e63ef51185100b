-- Deletes outcomes that the receiver has taken. If somebody has emptied the table, their ids may stand for others.
DELETE o
FROM JSON_TABLE(:#taken, '$[*]' COLUMNS (
    id BIGINT PATH '$.id',
    call_uuid VARCHAR(64) PATH '$.call')) AS j
  STRAIGHT_JOIN outcome_outbox AS o FORCE INDEX (PRIMARY) ON o.i_outcome = j.id AND o.call_uuid = j.call_uuid
