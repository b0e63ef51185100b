-- Settings that are kept in the database.
SELECT section, `option`, value FROM options
