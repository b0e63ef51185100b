-- Notes that numbers of a campaign are closed by more than one version of its calling rules.
UPDATE campaigns SET closed_by_version = NULL WHERE i_campaign = :#campaign
