-- The number of the last step that was seen. 0: there was none.
SELECT COALESCE(MAX(step), 0) FROM clock_steps
