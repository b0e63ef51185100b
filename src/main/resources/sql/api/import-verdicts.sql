-- How many lines have each verdict.
SELECT COALESCE(verdict, 'A') AS verdict, COUNT(*) AS numbers FROM callout_import GROUP BY verdict
