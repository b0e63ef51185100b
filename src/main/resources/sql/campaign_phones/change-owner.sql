-- Transfers all numbers of one owner to another.
UPDATE campaign_phones FORCE INDEX (callout_owner) SET owner = :#newOwner WHERE owner = :#lost
