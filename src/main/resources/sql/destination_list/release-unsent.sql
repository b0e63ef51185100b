-- Gives back what an owner has claimed but not dialled. Only the claim's own changes are undone.
UPDATE destination_list FORCE INDEX (callout_owner)
SET in_use = 0, callout_campaign = NULL, callout_uuid = NULL, callout_owner = NULL
WHERE callout_owner = :#owner AND callout_switch IS NULL
