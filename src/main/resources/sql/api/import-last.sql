-- The last position of the import.
SELECT MAX(position) AS last FROM callout_import
