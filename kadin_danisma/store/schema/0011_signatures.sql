-- Nobody speaks for anybody (docs/decisions/0038): what is written carries its author's signature.

-- A line of the log is signed by whoever is signed in. Where it tells of a deed of somebody else,
-- that one is its carrier, and the evidence is what the other one signed (store/log_signatures.py).
-- Lines from before this step have no signature; the first signed line says up to where.
ALTER TABLE audit ADD COLUMN signature BLOB CHECK (length(signature) = 64);
ALTER TABLE audit ADD COLUMN evidence TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN carried_by TEXT NOT NULL DEFAULT '';
CREATE INDEX audit_evidence ON audit (evidence) WHERE carried_by <> '';

-- The signature of a note lies inside its seal. One that was taken back has no seal: here it lies.
ALTER TABLE sealed_note ADD COLUMN signature BLOB CHECK (length(signature) = 64);

-- What was sealed without a signature before this step: the founder of the roster signs that it was
-- there then. The digest is of what stood in its row.
CREATE TABLE vouched (
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (kind, record_id, revision)
) STRICT, WITHOUT ROWID;
