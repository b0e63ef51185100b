-- The entries of the list for all that hold now.
SELECT number FROM do_not_call WHERE expires IS NULL OR expires > UTC_TIMESTAMP(3)
