-- How many lines came to what.
SELECT COALESCE(verdict, 'A') AS verdict, COUNT(*) AS numbers FROM callout_import GROUP BY verdict
