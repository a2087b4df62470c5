-- Frozen months and files (docs/decisions/0026). Once a month was published, by itself or inside a
-- quarter or a year, later reports are made of it as it was then. Its facts hold what is counted and
-- nothing finer: no name, id, date or place (store/frozen_months.py).

CREATE TABLE frozen_month (
    month TEXT NOT NULL PRIMARY KEY,
    frozen_at TEXT NOT NULL,
    facts BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The key by which frozen facts tell women apart; it outlives a change of the vault key.
INSERT INTO meta (key, value) VALUES ('report_key', lower(hex(randomblob(32))));

-- Whatever was published of a period: its report, and what else of it became known.
CREATE TABLE numbered_publication (
    seq INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    period TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('report', 'custom', 'told', 'returned')),
    issued_at TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    report TEXT NOT NULL,
    -- zlib'd JSON; NULL for what was published before there were proofs, or came back as a file.
    proof BLOB
) STRICT;
INSERT INTO numbered_publication (number, period, kind, issued_at, issued_by, report)
SELECT number, period, 'report', issued_at, issued_by, report FROM publication
ORDER BY issued_at, period;
DROP TABLE publication;
ALTER TABLE numbered_publication RENAME TO publication;
CREATE UNIQUE INDEX publication_report ON publication (period) WHERE kind IN ('report', 'returned');

-- The files as they left, so that publishing again gives the same bytes from a later program too.
CREATE TABLE publication_file (
    number TEXT NOT NULL REFERENCES publication (number),
    format TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (number, format)
) STRICT;
