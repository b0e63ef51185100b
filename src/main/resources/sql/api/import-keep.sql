-- Keeps what was imported, and by whom. A text that is too long for its column is cut.
INSERT INTO imports (at, who, i_campaign, do_not_call_list, file, sha256, lines_sent, accepted)
VALUES (UTC_TIMESTAMP(3), LEFT(:#who, 160), :#campaign, LEFT(:#list, 64), LEFT(:#file, 255), :#sha256, :#lines, :#accepted)
