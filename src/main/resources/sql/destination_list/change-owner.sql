-- Transfers all numbers of one owner to another.
UPDATE destination_list FORCE INDEX (callout_owner) SET callout_owner = :#newOwner WHERE callout_owner = :#lost
