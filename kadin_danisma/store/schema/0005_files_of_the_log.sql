-- Which files a line of the log is about: one, many (a search) or none. The identity of the file
-- and not its number, which can be corrected. What is sealed belongs to the seal of its line
-- (store/audit.py); lines from before this step keep the seal they have, and are found by what
-- stands in their subject.

CREATE TABLE audit_file (
    client_id TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES audit (seq),
    sealed INTEGER NOT NULL CHECK (sealed IN (0, 1)),
    PRIMARY KEY (client_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_file_line ON audit_file (seq, client_id, sealed);

INSERT OR IGNORE INTO audit_file (client_id, seq, sealed)
SELECT client.id, audit.seq, 0 FROM audit JOIN client ON client.file_no = audit.subject
WHERE audit.action IN ('client.view', 'client.add', 'client.correct')
UNION SELECT history.record_id, audit.seq, 0 FROM audit JOIN history ON history.old = audit.subject
WHERE history.kind = 'client' AND history.field = 'file_no'
AND audit.action IN ('client.view', 'client.add', 'client.correct')
UNION SELECT application.client_id, audit.seq, 0 FROM audit
JOIN application ON application.number = audit.subject
WHERE audit.action LIKE 'application.%' AND application.client_id IS NOT NULL
UNION SELECT session.client_id, audit.seq, 0 FROM audit
JOIN session ON session.number = audit.subject WHERE audit.action LIKE 'session.%'
UNION SELECT playroom_visit.client_id, audit.seq, 0 FROM audit
JOIN playroom_visit ON playroom_visit.id = audit.subject
WHERE audit.action LIKE 'playroom_visit.%'
UNION SELECT referral.client_id, audit.seq, 0 FROM audit
JOIN referral ON referral.id = audit.subject WHERE audit.action LIKE 'referral.%';

CREATE TRIGGER audit_file_grows BEFORE INSERT ON audit_file
WHEN NEW.sealed = 0 OR NEW.seq <> (SELECT max(seq) FROM audit)
BEGIN
    SELECT RAISE(ABORT, 'the audit log only grows');
END;

CREATE INDEX audit_user ON audit (user_id);
CREATE INDEX audit_day ON audit (substr(at, 1, 10));
