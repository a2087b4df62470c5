-- Withdrawing (docs/decisions/0044): a record that was entered at the wrong file, twice, or of what
-- never happened stays where it is, in its history and in the log, and counts nowhere. Why, as one of
-- three words, stands in its row; nothing there means that the record stands.
-- Everything that shows, finds or counts records reads the views; tests/store/test_standing.py holds
-- each statement that reads a table itself to a reason. Who entered a record is kept from here on.

ALTER TABLE client ADD COLUMN withdrawn TEXT NOT NULL DEFAULT ''
CHECK (withdrawn IN ('', 'wrong_file', 'twice', 'never_happened'));
ALTER TABLE client ADD COLUMN entered_by TEXT NOT NULL DEFAULT '';
CREATE INDEX client_withdrawn ON client (id) WHERE withdrawn <> '';
CREATE VIEW standing_client AS SELECT * FROM client WHERE withdrawn = '';
UPDATE client SET entered_by = changed_by WHERE revision = 1;

ALTER TABLE application ADD COLUMN withdrawn TEXT NOT NULL DEFAULT ''
CHECK (withdrawn IN ('', 'wrong_file', 'twice', 'never_happened'));
ALTER TABLE application ADD COLUMN entered_by TEXT NOT NULL DEFAULT '';
CREATE INDEX application_withdrawn ON application (id) WHERE withdrawn <> '';
CREATE VIEW standing_application AS SELECT * FROM application WHERE withdrawn = '';
UPDATE application SET entered_by = changed_by WHERE revision = 1;

ALTER TABLE session ADD COLUMN withdrawn TEXT NOT NULL DEFAULT ''
CHECK (withdrawn IN ('', 'wrong_file', 'twice', 'never_happened'));
ALTER TABLE session ADD COLUMN entered_by TEXT NOT NULL DEFAULT '';
CREATE INDEX session_withdrawn ON session (id) WHERE withdrawn <> '';
CREATE VIEW standing_session AS SELECT * FROM session WHERE withdrawn = '';
UPDATE session SET entered_by = changed_by WHERE revision = 1;

ALTER TABLE playroom_visit ADD COLUMN withdrawn TEXT NOT NULL DEFAULT ''
CHECK (withdrawn IN ('', 'wrong_file', 'twice', 'never_happened'));
ALTER TABLE playroom_visit ADD COLUMN entered_by TEXT NOT NULL DEFAULT '';
CREATE INDEX playroom_visit_withdrawn ON playroom_visit (id) WHERE withdrawn <> '';
CREATE VIEW standing_playroom_visit AS SELECT * FROM playroom_visit WHERE withdrawn = '';
UPDATE playroom_visit SET entered_by = changed_by WHERE revision = 1;

ALTER TABLE referral ADD COLUMN withdrawn TEXT NOT NULL DEFAULT ''
CHECK (withdrawn IN ('', 'wrong_file', 'twice', 'never_happened'));
ALTER TABLE referral ADD COLUMN entered_by TEXT NOT NULL DEFAULT '';
CREATE INDEX referral_withdrawn ON referral (id) WHERE withdrawn <> '';
CREATE VIEW standing_referral AS SELECT * FROM referral WHERE withdrawn = '';
UPDATE referral SET entered_by = changed_by WHERE revision = 1;

ALTER TABLE training ADD COLUMN withdrawn TEXT NOT NULL DEFAULT ''
CHECK (withdrawn IN ('', 'wrong_file', 'twice', 'never_happened'));
ALTER TABLE training ADD COLUMN entered_by TEXT NOT NULL DEFAULT '';
CREATE INDEX training_withdrawn ON training (id) WHERE withdrawn <> '';
CREATE VIEW standing_training AS SELECT * FROM training WHERE withdrawn = '';
UPDATE training SET entered_by = changed_by WHERE revision = 1;

-- Who entered what was corrected since only the log knows.
UPDATE client SET entered_by = line.user_id FROM (
    SELECT subject AS said, user_id, min(seq) FROM audit WHERE action = 'client.add' GROUP BY subject
) AS line WHERE line.said = client.file_no AND client.revision > 1;
UPDATE application SET entered_by = line.user_id FROM (
    SELECT subject AS said, user_id, min(seq) FROM audit WHERE action = 'application.add' GROUP BY subject
) AS line WHERE line.said = application.number AND application.revision > 1;
UPDATE session SET entered_by = line.user_id FROM (
    SELECT subject AS said, user_id, min(seq) FROM audit WHERE action = 'session.add' GROUP BY subject
) AS line WHERE line.said = session.number AND session.revision > 1;
UPDATE playroom_visit SET entered_by = line.user_id FROM (
    SELECT subject AS said, user_id, min(seq) FROM audit WHERE action = 'playroom_visit.add' GROUP BY subject
) AS line WHERE line.said = playroom_visit.id AND playroom_visit.revision > 1;
UPDATE training SET entered_by = line.user_id FROM (
    SELECT subject AS said, user_id, min(seq) FROM audit WHERE action = 'training.add' GROUP BY subject
) AS line WHERE line.said = training.id AND training.revision > 1;
UPDATE referral SET entered_by = line.user_id FROM (
    SELECT at AS said, user_id, min(seq) FROM audit WHERE action = 'referral.add' GROUP BY at
) AS line WHERE line.said = referral.entered_at AND referral.revision > 1;

-- What was written beside the word, for each time a record was withdrawn; of a restricted file it
-- stands under the seal of the file, and of a session under that of its discipline as well.
CREATE TABLE withdrawal (
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    client_id TEXT REFERENCES client (id),
    why TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (kind, record_id, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX withdrawal_file ON withdrawal (client_id) WHERE why <> '';
