-- Everything about one entry. Times are UTC.
SELECT at, who, source, action, object, changes FROM audit WHERE i_audit = :#key
