-- Deletes a campaign; its numbers and attempts stay.
DELETE FROM campaigns WHERE i_campaign = :#campaign
