-- Deletes telephones that nobody had called before this transaction took them.
DELETE FROM telephones WHERE e164 IN (:#in:telephones)
