-- Campaigns that use lines of the list by the count, or that are dialled from it.
SELECT i_campaign FROM campaign_lines WHERE list = :#list GROUP BY i_campaign HAVING SUM(claimed - ended) <> 0
UNION
SELECT i_campaign FROM campaigns WHERE TRIM(destination_list) = :#list
