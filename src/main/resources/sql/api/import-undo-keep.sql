-- Notes that an import has been taken back.
UPDATE imports SET undone = COALESCE(undone, UTC_TIMESTAMP(3)) WHERE i_import = :#key
