-- The campaign of an import; NULL: a do-not-call list.
SELECT i_campaign FROM imports WHERE i_import = :#key
