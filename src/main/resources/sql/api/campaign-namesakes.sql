-- Other campaigns of this name; capital and small letters do not tell names apart here.
SELECT i_campaign FROM campaigns WHERE name = :#name AND i_campaign <> :#key
