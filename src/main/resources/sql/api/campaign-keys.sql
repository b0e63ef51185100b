-- Which campaigns have this name, or this key.
SELECT i_campaign, name <=> :#name AS named FROM campaigns WHERE name = :#name OR i_campaign = :#key ORDER BY named DESC
