-- The roster (docs/decisions/0037): who is who, as a chain of signed statements. The tables user,
-- person_key and discipline repeat what it says; store/roster/table.py writes them from it.
-- It is founded by the first coordinator who signs in after this step.

CREATE TABLE roster (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    said TEXT NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;
CREATE TRIGGER roster_grows BEFORE INSERT ON roster
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM roster)
BEGIN
    SELECT RAISE(ABORT, 'the roster only grows');
END;

-- The slots of the key file as they were last written by somebody who holds the vault key: what
-- somebody takes out of the key file is put back from here.
CREATE TABLE slot_copy (
    user_id TEXT NOT NULL PRIMARY KEY,
    said TEXT NOT NULL
) STRICT, WITHOUT ROWID;
