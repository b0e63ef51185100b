-- Which of these names are names of calling rules.
SELECT DISTINCT LOWER(name) AS name FROM calling_rules WHERE name IN (:#in:names)
