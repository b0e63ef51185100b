-- The lists with counts.
SELECT DISTINCT list FROM campaign_lines WHERE list <> ''
