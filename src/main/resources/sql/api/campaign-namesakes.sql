-- Other campaigns with this name. Letter case does not matter here.
SELECT i_campaign FROM campaigns WHERE name = :#name AND i_campaign <> :#key
