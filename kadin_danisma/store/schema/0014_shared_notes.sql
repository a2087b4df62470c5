-- Notes of applications and referrals (docs/decisions/0045): for all counsellors, so each wording is
-- sealed once for each discipline. Otherwise as in sealed_note: the row of the highest revision
-- stands, an empty one was taken back, and the print is the trace by which an import knows its row.

CREATE TABLE shared_note (
    -- An application or a referral.
    record_id TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    discipline TEXT NOT NULL REFERENCES discipline (discipline),
    sealed BLOB NOT NULL,
    print BLOB NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    circle TEXT REFERENCES circle (client_id),
    signature BLOB CHECK (length(signature) = 64),
    PRIMARY KEY (record_id, revision, discipline)
) STRICT;
CREATE TRIGGER shared_note_stays BEFORE UPDATE ON shared_note
BEGIN
    SELECT RAISE(ABORT, 'a wording of a note is never changed');
END;
-- Which wording of each note stands is asked at every search, for all of them.
CREATE INDEX shared_note_standing ON shared_note (discipline, record_id, revision, circle);
