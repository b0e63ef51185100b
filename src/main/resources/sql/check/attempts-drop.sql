-- Whether the user has been granted DROP on call_attempts alone.
SELECT EXISTS (
  SELECT 1 FROM information_schema.TABLE_PRIVILEGES
  WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'call_attempts' AND PRIVILEGE_TYPE = 'DROP')
