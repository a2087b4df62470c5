-- The records of the centre. Ids are UUID text made by the program, days and times ISO text.
-- Every row carries revision, changed_at and changed_by (a second PC will need them), entered_at
-- (when it was first written down) and, where it is counted, report_month (contract.md section 4:
-- the month in whose report it belongs, later than its own when that was already published).

CREATE TABLE client (
    id TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL CHECK (revision > 0),
    entered_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    file_no TEXT NOT NULL UNIQUE CHECK (file_no <> ''),
    name TEXT NOT NULL,
    kimlik_no TEXT NOT NULL,
    birth_year INTEGER CHECK (birth_year BETWEEN 1900 AND 9999),
    legal_status TEXT NOT NULL,
    marital TEXT NOT NULL,
    education TEXT NOT NULL,
    employment TEXT NOT NULL,
    income TEXT NOT NULL,
    social_security TEXT NOT NULL,
    district TEXT NOT NULL,
    heard_from TEXT NOT NULL,
    phone TEXT NOT NULL,
    may_call TEXT NOT NULL,
    call_hours TEXT NOT NULL,
    may_leave_message TEXT NOT NULL,
    must_not_know TEXT NOT NULL,
    may_collect TEXT NOT NULL,
    safety_note TEXT NOT NULL
) STRICT;

CREATE INDEX client_changed ON client (changed_at);

-- What a file is found by: folded words of the name, file number, digits of phone and kimlik no.
-- Every row carries all words of its file, so that a second word is compared where the first one
-- was found instead of being looked up file by file.
CREATE TABLE client_token (
    token TEXT NOT NULL,
    client_id TEXT NOT NULL REFERENCES client (id),
    words TEXT NOT NULL,
    PRIMARY KEY (token, client_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX client_token_of ON client_token (client_id);

CREATE TABLE application (
    id TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL CHECK (revision > 0),
    entered_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    report_month TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE CHECK (number <> ''),
    client_id TEXT REFERENCES client (id),
    date TEXT NOT NULL CHECK (date (date) = date),
    time TEXT CHECK (time GLOB '[0-2][0-9]:[0-5][0-9]'),
    channel TEXT NOT NULL,
    applicant_role TEXT NOT NULL
) STRICT;
CREATE INDEX application_date ON application (date);
CREATE INDEX application_report_month ON application (report_month);
CREATE INDEX application_client ON application (client_id, date, report_month);

-- The several answers of an application, in the order in which they were given.
CREATE TABLE application_code (
    application_id TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
    list TEXT NOT NULL CHECK (list IN ('reasons', 'violence_types', 'perpetrators')),
    place INTEGER NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (application_id, list, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL CHECK (revision > 0),
    entered_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    report_month TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE CHECK (number <> ''),
    client_id TEXT NOT NULL REFERENCES client (id),
    application_id TEXT REFERENCES application (id),
    date TEXT NOT NULL CHECK (date (date) = date),
    time TEXT CHECK (time GLOB '[0-2][0-9]:[0-5][0-9]'),
    minutes INTEGER CHECK (minutes BETWEEN 1 AND 720),
    service TEXT NOT NULL,
    channel TEXT NOT NULL,
    counsellor TEXT NOT NULL,
    outcome TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX session_date ON session (date);
CREATE INDEX session_report_month ON session (report_month);
CREATE INDEX session_client ON session (client_id, date);

CREATE TABLE playroom_visit (
    id TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL CHECK (revision > 0),
    entered_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    report_month TEXT NOT NULL,
    client_id TEXT NOT NULL REFERENCES client (id),
    child TEXT NOT NULL CHECK (child <> ''),
    birth_year INTEGER CHECK (birth_year BETWEEN 1900 AND 9999),
    sex TEXT NOT NULL,
    date TEXT NOT NULL CHECK (date (date) = date),
    time_in TEXT NOT NULL CHECK (time_in GLOB '[0-2][0-9]:[0-5][0-9]'),
    time_out TEXT CHECK (time_out GLOB '[0-2][0-9]:[0-5][0-9]' AND time_out > time_in),
    may_collect TEXT NOT NULL,
    collected_by TEXT NOT NULL
) STRICT;
CREATE INDEX playroom_visit_date ON playroom_visit (date);
CREATE INDEX playroom_visit_report_month ON playroom_visit (report_month);
CREATE INDEX playroom_visit_client ON playroom_visit (client_id, date);

CREATE TABLE referral (
    id TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL CHECK (revision > 0),
    entered_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    report_month TEXT NOT NULL,
    client_id TEXT NOT NULL REFERENCES client (id),
    date TEXT NOT NULL CHECK (date (date) = date),
    institution TEXT NOT NULL,
    method TEXT NOT NULL,
    consent TEXT NOT NULL,
    outcome TEXT NOT NULL,
    outcome_date TEXT CHECK (outcome_date >= date)
) STRICT;
CREATE INDEX referral_date ON referral (date);
CREATE INDEX referral_report_month ON referral (report_month);
CREATE INDEX referral_client ON referral (client_id, date);
CREATE INDEX referral_outcome ON referral (outcome, date);

CREATE TABLE training (
    id TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL CHECK (revision > 0),
    entered_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    report_month TEXT NOT NULL,
    date TEXT NOT NULL CHECK (date (date) = date),
    topic TEXT NOT NULL,
    audience TEXT NOT NULL,
    participants INTEGER NOT NULL CHECK (participants BETWEEN 0 AND 10000)
) STRICT;
CREATE INDEX training_date ON training (date);
CREATE INDEX training_report_month ON training (report_month);

-- What a record said before it was corrected: one line a field.
CREATE TABLE history (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    field TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL
) STRICT;
CREATE INDEX history_record ON history (kind, record_id);

-- Reports that left the centre, frozen: counts only, no person, so that erasure never breaks them.
CREATE TABLE publication (
    period TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    issued_at TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    report TEXT NOT NULL
) STRICT;
