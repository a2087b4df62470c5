-- Nobody speaks for anybody (docs/decisions/0038): what is written carries its author's signature.

-- A line of the log is signed by whoever is signed in. Where it tells of a deed of somebody else,
-- that one is its carrier, and the evidence is what the other one signed (store/log_signatures.py).
-- Lines from before this step have no signature; the first signed line says up to where.
ALTER TABLE audit ADD COLUMN signature BLOB CHECK (length(signature) = 64);
ALTER TABLE audit ADD COLUMN evidence TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN carried_by TEXT NOT NULL DEFAULT '';
CREATE INDEX audit_evidence ON audit (evidence) WHERE carried_by <> '';
