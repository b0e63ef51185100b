-- Lets the next import in.
DO RELEASE_LOCK(CONCAT('callout-import-', DATABASE(), '-', :#campaign))
