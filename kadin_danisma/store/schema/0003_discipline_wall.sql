-- The wall between the disciplines (docs/decisions/0016): notes are sealed to the public key of
-- their discipline; its private key lies in the keyring, sealed to each person who may read.
-- These tables are one tree each, so that reading a table through at sign-in shows any damage of it.
-- What stands in plain text so far is sealed and taken out by store/wall.py, in this same step.

CREATE TABLE discipline (
    discipline TEXT NOT NULL PRIMARY KEY,
    public BLOB NOT NULL CHECK (length(public) = 32),
    -- The private key of a vault older than the wall, until the recovery code holds it: before
    -- that, one forgotten passphrase could lose every note. NULL in every vault founded since.
    unclaimed BLOB CHECK (length(unclaimed) = 32)
) STRICT, WITHOUT ROWID;

-- The public key of each person; its private half lies in her slot.
CREATE TABLE person_key (
    user_id TEXT NOT NULL PRIMARY KEY REFERENCES user (id),
    public BLOB NOT NULL CHECK (length(public) = 32)
) STRICT, WITHOUT ROWID;

CREATE TABLE keyring (
    discipline TEXT NOT NULL REFERENCES discipline (discipline),
    user_id TEXT NOT NULL REFERENCES person_key (user_id),
    sealed BLOB NOT NULL,
    granted_at TEXT NOT NULL,
    granted_by TEXT NOT NULL,
    PRIMARY KEY (discipline, user_id)
) STRICT, WITHOUT ROWID;

-- One row for each wording of a note; the one of the highest revision stands. An empty one was
-- taken back. The print is a salted two-byte trace by which an import knows its own row again.
CREATE TABLE sealed_note (
    record_id TEXT NOT NULL REFERENCES session (id),
    revision INTEGER NOT NULL CHECK (revision > 0),
    discipline TEXT NOT NULL REFERENCES discipline (discipline),
    sealed BLOB NOT NULL,
    print BLOB NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (record_id, revision)
) STRICT;
CREATE TRIGGER sealed_note_stays BEFORE UPDATE ON sealed_note
BEGIN
    SELECT RAISE(ABORT, 'a wording of a note is never changed');
END;
