-- What was typed and not saved (docs/decisions/0039): a row for each form, which its author alone
-- opens. Which form it is, of which file and what stood in it lies under her seal, so the table
-- tells no more than who left something unfinished, how many and roughly how long.
CREATE TABLE draft (
    user_id TEXT NOT NULL REFERENCES user (id),
    id TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (user_id, id)
) STRICT, WITHOUT ROWID;
