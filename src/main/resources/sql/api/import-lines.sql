-- Adds some lines of an import.
INSERT INTO callout_import (position, line, cld, dialable, e164, telephone, callerid, priority, timezone, consent, vars, verdict)
SELECT position, line, cld, dialable, e164, telephone, callerid, priority, timezone, consent, vars, verdict FROM JSON_TABLE(:#batch, '$[*]' COLUMNS (
  position INT PATH '$.position', line INT PATH '$.line', cld VARCHAR(64) PATH '$.cld', dialable VARCHAR(64) PATH '$.dialable',
  e164 VARCHAR(16) PATH '$.e164', telephone VARCHAR(64) PATH '$.telephone',
  callerid VARCHAR(64) PATH '$.callerid', priority INT PATH '$.priority', timezone VARCHAR(64) PATH '$.timezone', consent VARCHAR(255) PATH '$.consent', vars TEXT PATH '$.vars',
  verdict CHAR(1) PATH '$.verdict')) AS imported
