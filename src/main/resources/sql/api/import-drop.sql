-- Also what an earlier import on this connection left behind.
DROP TEMPORARY TABLE IF EXISTS callout_import, callout_known
