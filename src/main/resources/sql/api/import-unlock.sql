-- Allows the next import.
DO RELEASE_LOCK(CONCAT('callout-import-', DATABASE(), '-', :#campaign))
