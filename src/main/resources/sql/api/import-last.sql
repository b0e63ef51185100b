-- The last position.
SELECT MAX(position) AS last FROM callout_import
