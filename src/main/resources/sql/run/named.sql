-- Campaigns with exactly this name, blanks at its end included.
SELECT i_campaign FROM campaigns WHERE name = :#name COLLATE utf8mb4_nopad_bin ORDER BY i_campaign
