-- Drops the tables of this import, and those that an earlier import on this connection has left behind.
DROP TEMPORARY TABLE IF EXISTS callout_import, callout_known, callout_unread
