-- What stands for a child wherever it is counted (docs/decisions/0035): a code drawn by chance, one
-- for each name in a file. Beside it stands the folded name; in a restricted file that is sealed to
-- the key of the file. A name of accents alone folds to nothing, and is a name like any other.
-- Whatever erases a file erases its rows here.
-- Months frozen so far hold traces made of names; store/recoding.py exchanges them, in this step.

CREATE TABLE child_code (
    client_id TEXT NOT NULL REFERENCES client (id),
    code TEXT NOT NULL CHECK (code <> ''),
    name TEXT,
    sealed BLOB,
    PRIMARY KEY (client_id, code),
    CHECK ((name IS NULL) <> (sealed IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX child_code_name ON child_code (client_id, name);
