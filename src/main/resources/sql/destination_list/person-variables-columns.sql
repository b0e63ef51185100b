-- What person-row.sql shows in addition of a list that has the column for variables.
, p.vars AS vars
