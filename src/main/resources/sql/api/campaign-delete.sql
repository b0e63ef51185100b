-- Its numbers are deleted after it; its attempts stay.
DELETE FROM campaigns WHERE i_campaign = :#key
