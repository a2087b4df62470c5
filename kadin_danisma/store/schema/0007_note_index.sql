-- Search in notes (docs/decisions/0020): the words of notes, sealed for whoever holds the key of
-- their discipline, and written by nobody else. A copy of what the notes say: rows that are lost,
-- exchanged or damaged are made again from the notes.

CREATE TABLE note_segment (
    discipline TEXT NOT NULL REFERENCES discipline (discipline),
    number INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (discipline, number)
) STRICT;

-- Which wording of each note stands is asked at every search, for all of them.
CREATE INDEX sealed_note_standing ON sealed_note (record_id, revision, discipline, circle);
