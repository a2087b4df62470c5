-- The vault itself: what it is, who signs in, what was done, and how each likes the window.

CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- A person who left stays as a row, because records and log lines name her; her slot goes.
CREATE TABLE user (
    id TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL CHECK (revision > 0),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    folded TEXT NOT NULL CHECK (folded <> ''),
    title TEXT NOT NULL,
    role TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    -- When she agreed to the duty of confidentiality in the program; NULL while she has not.
    accepted_at TEXT
) STRICT;
CREATE UNIQUE INDEX user_folded ON user (folded) WHERE active = 1;

-- Every line is sealed together with the one before it (store/audit.py).
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    user_id TEXT NOT NULL,
    user_name TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action <> ''),
    subject TEXT NOT NULL,
    mac BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;
CREATE INDEX audit_action ON audit (action, seq);

-- The log only grows at its end; without this, REPLACE would change a line.
CREATE TRIGGER audit_grows BEFORE INSERT ON audit
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit)
BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows');
END;

CREATE TABLE preference (
    user_id TEXT NOT NULL REFERENCES user (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;
