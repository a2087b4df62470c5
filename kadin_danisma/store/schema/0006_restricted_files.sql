-- Restricted files (docs/decisions/0019): a file sealed to the people of its circle. Its key pair is
-- its own; the private half stands once for each person of the circle, sealed to her.

CREATE TABLE circle (
    client_id TEXT NOT NULL PRIMARY KEY REFERENCES client (id),
    public BLOB NOT NULL CHECK (length(public) = 32),
    drawn_at TEXT NOT NULL,
    drawn_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A person who loses her key pair loses her place, because nothing here opens for her any more.
CREATE TABLE circle_member (
    client_id TEXT NOT NULL REFERENCES circle (client_id),
    user_id TEXT NOT NULL REFERENCES person_key (user_id) ON DELETE CASCADE,
    sealed BLOB NOT NULL,
    added_at TEXT NOT NULL,
    added_by TEXT NOT NULL,
    PRIMARY KEY (client_id, user_id)
) STRICT, WITHOUT ROWID;

-- What the sealed fields of a record said from a revision on: only those that changed in it. All of
-- a record's rows together are its values and their history.
CREATE TABLE sealed_part (
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    client_id TEXT NOT NULL REFERENCES circle (client_id),
    sealed BLOB NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (kind, record_id, revision)
) STRICT;
CREATE INDEX sealed_part_file ON sealed_part (client_id);

-- Around the discipline's seal of a note stands that of the file, where it is restricted.
ALTER TABLE sealed_note ADD COLUMN circle TEXT REFERENCES circle (client_id);

-- Seals broken with the recovery code, and the reason, sealed to each who must learn of it.
CREATE TABLE broken_seal (
    id TEXT NOT NULL PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client (id),
    at TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;
CREATE TABLE broken_seal_reader (
    broken_id TEXT NOT NULL REFERENCES broken_seal (id),
    user_id TEXT NOT NULL REFERENCES user (id),
    sealed BLOB NOT NULL,
    seen_at TEXT,
    PRIMARY KEY (broken_id, user_id)
) STRICT, WITHOUT ROWID;
