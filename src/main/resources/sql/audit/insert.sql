-- Adds an entry. A text that is too long for its column is cut.
INSERT INTO audit (at, who, source, action, object, changes)
VALUES (UTC_TIMESTAMP(3), LEFT(:#who, 160), LEFT(:#source, 64), LEFT(:#action, 64), LEFT(:#object, 255), :#changes)
