"""The tables, as explicit SQL: those of version 1, and what each later version changed.

Every table is STRICT. Ids are 16 hexadecimal digits, times ISO 8601 in UTC, dates ISO 8601, lists
and positions JSON. Full-text indexes are written by the store's own code, not by triggers: a job
can then index in slices, and undo can restore rows without knowing of them.
"""

from __future__ import annotations

# FTS5 writes each transaction's words as a segment and by itself merges segments within a COMMIT,
# which then takes up to a third of a second. The writer merges in steps of its own instead (see
# writer.Upkeep), so FTS5's automatic merging is off and its crisis limit far away.

#: A page's row number is its document's ``seq`` times this plus the page's number, so that a row
#: number found in the full-text index tells the document without reading the page.
PAGES_PER_DOCUMENT = 1 << 20

_ID = "TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 16)"
_BOOL = "INTEGER NOT NULL DEFAULT 0 CHECK ({0} IN (0, 1))"
_TIMES = """created_at TEXT NOT NULL,
    modified_at TEXT NOT NULL,
    deleted_at TEXT"""
_TERMS = """TEXT NOT NULL DEFAULT 'on_record'
        CHECK (terms IN ('on_record', 'background', 'deep_background', 'off_record'))"""

PEOPLE = f"""
CREATE TABLE source (
    id {_ID},
    name TEXT NOT NULL,
    code_name TEXT,
    confidential {_BOOL.format("confidential")},
    organisation {_BOOL.format("organisation")},
    aliases TEXT NOT NULL DEFAULT '[]' CHECK (json_type(aliases) = 'array'),
    terms {_TERMS},
    attribution TEXT NOT NULL DEFAULT '',
    contacts TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '',
    {_TIMES},
    CHECK (confidential = 0 OR (code_name IS NOT NULL AND trim(code_name) <> ''))
) STRICT;

CREATE TABLE request (
    id {_ID},
    agency TEXT NOT NULL,
    law TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL DEFAULT '',
    tracking_number TEXT NOT NULL DEFAULT '',
    sent_on TEXT,
    {_TIMES}
) STRICT;
"""

DOCUMENTS = f"""
CREATE TABLE document (
    id {_ID},
    seq INTEGER NOT NULL UNIQUE CHECK (seq > 0),
    title TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    bytes INTEGER NOT NULL CHECK (bytes >= 0),
    format TEXT NOT NULL,
    provenance TEXT NOT NULL
        CHECK (provenance IN ('released', 'published', 'court', 'own', 'given')),
    source_id TEXT REFERENCES source (id),
    request_id TEXT REFERENCES request (id),
    parent_id TEXT REFERENCES document (id),
    state TEXT NOT NULL CHECK (state IN ('ready', 'kept')),
    kept_reason TEXT,
    pages INTEGER NOT NULL DEFAULT 0 CHECK (pages BETWEEN 0 AND {PAGES_PER_DOCUMENT - 1}),
    pages_with_text INTEGER NOT NULL DEFAULT 0 CHECK (pages_with_text BETWEEN 0 AND pages),
    pages_awaiting_ocr INTEGER NOT NULL DEFAULT 0
        CHECK (pages_awaiting_ocr BETWEEN 0 AND pages),
    has_rendition {_BOOL.format("has_rendition")},
    engine TEXT,
    password TEXT,
    facts TEXT NOT NULL DEFAULT '{{}}' CHECK (json_type(facts) = 'object'),
    complete {_BOOL.format("complete")},
    text_lost {_BOOL.format("text_lost")},
    added_at TEXT NOT NULL,
    deleted_at TEXT,
    CHECK (state <> 'kept' OR kept_reason IS NOT NULL)
) STRICT;
CREATE INDEX document_sha256 ON document (sha256);
CREATE INDEX document_parent ON document (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX document_source ON document (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX document_request ON document (request_id) WHERE request_id IS NOT NULL;

CREATE TABLE vault_file (
    name TEXT PRIMARY KEY NOT NULL CHECK (length(name) = 32),
    document_id TEXT NOT NULL REFERENCES document (id),
    role TEXT NOT NULL CHECK (role IN ('original', 'rendition')),
    wrapped_key BLOB NOT NULL CHECK (length(wrapped_key) = 60),
    length INTEGER NOT NULL CHECK (length >= 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    UNIQUE (document_id, role)
) STRICT;

CREATE TABLE page (
    id INTEGER PRIMARY KEY,
    document_seq INTEGER NOT NULL REFERENCES document (seq),
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND {PAGES_PER_DOCUMENT - 1}),
    label TEXT NOT NULL,
    width REAL NOT NULL CHECK (width > 0),
    height REAL NOT NULL CHECK (height > 0),
    ocr {_BOOL.format("ocr")},
    state TEXT NOT NULL CHECK (state IN ('text', 'awaiting_ocr', 'blank', 'undrawable')),
    text TEXT NOT NULL,
    joined TEXT NOT NULL,
    UNIQUE (document_seq, number),
    CHECK (id = document_seq * {PAGES_PER_DOCUMENT} + number)
) STRICT;
CREATE INDEX page_awaiting_ocr ON page (id) WHERE state = 'awaiting_ocr';

CREATE TABLE page_read (
    id TEXT PRIMARY KEY NOT NULL CHECK (id = document_id || ':' || page),
    document_id TEXT NOT NULL REFERENCES document (id),
    page INTEGER NOT NULL CHECK (page >= 1),
    read_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE page_fts USING fts5 (
    text, joined,
    content = 'page', content_rowid = 'id',
    prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO page_fts (page_fts, rank) VALUES ('secure-delete', 1);
INSERT INTO page_fts (page_fts, rank) VALUES ('automerge', 0);
INSERT INTO page_fts (page_fts, rank) VALUES ('usermerge', 8);
INSERT INTO page_fts (page_fts, rank) VALUES ('crisismerge', 1000);
"""  # noqa: S608 - nothing in it comes from outside

WORK = f"""
CREATE TABLE annotation (
    id {_ID},
    document_id TEXT NOT NULL REFERENCES document (id),
    page INTEGER NOT NULL CHECK (page >= 1),
    kind TEXT NOT NULL CHECK (kind IN (
        'highlight', 'underline', 'strikeout', 'note', 'box', 'ink', 'redaction', 'withholding')),
    colour TEXT NOT NULL,
    text TEXT NOT NULL DEFAULT '',
    comment TEXT NOT NULL DEFAULT '',
    quads TEXT NOT NULL DEFAULT '[]' CHECK (json_type(quads) = 'array'),
    prefix TEXT NOT NULL DEFAULT '',
    suffix TEXT NOT NULL DEFAULT '',
    codes TEXT NOT NULL DEFAULT '[]' CHECK (json_type(codes) = 'array'),
    sort_key TEXT NOT NULL,
    {_TIMES}
) STRICT;
CREATE INDEX annotation_place ON annotation (document_id, sort_key);

CREATE TABLE quote (
    id {_ID},
    text TEXT NOT NULL,
    source_id TEXT REFERENCES source (id),
    document_id TEXT REFERENCES document (id),
    page INTEGER CHECK (page >= 1),
    annotation_id TEXT REFERENCES annotation (id),
    quads TEXT NOT NULL DEFAULT '[]' CHECK (json_type(quads) = 'array'),
    prefix TEXT NOT NULL DEFAULT '',
    suffix TEXT NOT NULL DEFAULT '',
    spoken_on TEXT,
    terms {_TERMS},
    embargo_until TEXT,
    state TEXT NOT NULL DEFAULT 'unverified'
        CHECK (state IN ('unverified', 'checking', 'verified', 'disputed', 'not_for_use')),
    checked_how TEXT,
    checked_on TEXT,
    note TEXT NOT NULL DEFAULT '',
    {_TIMES},
    CHECK (page IS NULL OR document_id IS NOT NULL)
) STRICT;
CREATE INDEX quote_source ON quote (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX quote_document ON quote (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX quote_annotation ON quote (annotation_id) WHERE annotation_id IS NOT NULL;

CREATE TABLE followup (
    id {_ID},
    text TEXT NOT NULL,
    due TEXT,
    linked_kind TEXT CHECK (linked_kind IN
        ('document', 'annotation', 'quote', 'source', 'request')),
    linked_id TEXT,
    linked_page INTEGER CHECK (linked_page >= 1),
    done_at TEXT,
    {_TIMES},
    CHECK ((linked_kind IS NULL) = (linked_id IS NULL))
) STRICT;
CREATE INDEX followup_link ON followup (linked_id) WHERE linked_id IS NOT NULL;

CREATE TABLE tag (
    id {_ID},
    name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (trim(name) <> ''),
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE tagging (
    id {_ID},
    tag_id TEXT NOT NULL REFERENCES tag (id),
    kind TEXT NOT NULL CHECK (kind IN
        ('document', 'annotation', 'quote', 'source', 'followup', 'request')),
    item_id TEXT NOT NULL,
    UNIQUE (tag_id, kind, item_id)
) STRICT;
CREATE INDEX tagging_item ON tagging (kind, item_id);
"""

KEEPING = f"""
CREATE TABLE case_setting (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;

CREATE TABLE job (
    id {_ID},
    kind TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'running', 'paused', 'done', 'failed', 'cancelled')),
    payload TEXT NOT NULL DEFAULT '{{}}' CHECK (json_valid(payload)),
    created_at TEXT NOT NULL,
    finished_at TEXT
) STRICT;
CREATE TABLE job_item (
    id {_ID},
    job_id TEXT NOT NULL REFERENCES job (id),
    document_id TEXT REFERENCES document (id),
    page INTEGER CHECK (page >= 1),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed', 'skipped')),
    priority INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    payload TEXT NOT NULL DEFAULT '{{}}' CHECK (json_valid(payload))
) STRICT;
CREATE INDEX job_item_job ON job_item (job_id);
CREATE INDEX job_item_document ON job_item (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX job_item_waiting ON job_item (priority) WHERE state = 'waiting';

CREATE TABLE custody (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    at TEXT NOT NULL,
    event TEXT NOT NULL,
    detail TEXT NOT NULL CHECK (json_type(detail) = 'object'),
    mac BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;
CREATE TRIGGER custody_keeps_entries BEFORE DELETE ON custody
BEGIN SELECT RAISE(ABORT, 'the custody log only grows'); END;
CREATE TRIGGER custody_keeps_words BEFORE UPDATE ON custody
BEGIN SELECT RAISE(ABORT, 'the custody log only grows'); END;
CREATE TABLE custody_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL CHECK (seq >= 0),
    mac BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;

CREATE TABLE item_text (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    item_id TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    joined TEXT NOT NULL,
    UNIQUE (kind, item_id)
) STRICT;
CREATE VIRTUAL TABLE item_fts USING fts5 (
    title, body, joined,
    content = 'item_text', content_rowid = 'id',
    prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO item_fts (item_fts, rank) VALUES ('secure-delete', 1);
"""  # noqa: S608 - nothing in it comes from outside

VERSION_1 = PEOPLE + DOCUMENTS + WORK + KEEPING

# Version 2 -------------------------------------------------------------------------------------

# A CHECK cannot be altered, so the table of marks is made anew and filled from the old one.
_MARKS_2 = f"""
CREATE TABLE annotation_new (
    id {_ID},
    document_id TEXT NOT NULL REFERENCES document (id),
    page INTEGER NOT NULL CHECK (page >= 1),
    kind TEXT NOT NULL CHECK (kind IN (
        'highlight', 'underline', 'strikeout', 'note', 'box', 'ink', 'redaction', 'withholding',
        'region', 'bookmark')),
    colour TEXT NOT NULL,
    text TEXT NOT NULL DEFAULT '',
    comment TEXT NOT NULL DEFAULT '',
    quads TEXT NOT NULL DEFAULT '[]' CHECK (json_type(quads) = 'array'),
    prefix TEXT NOT NULL DEFAULT '',
    suffix TEXT NOT NULL DEFAULT '',
    codes TEXT NOT NULL DEFAULT '[]' CHECK (json_type(codes) = 'array'),
    sort_key TEXT NOT NULL,
    {_TIMES},
    strokes TEXT NOT NULL DEFAULT '[]' CHECK (json_type(strokes) = 'array'),
    extent TEXT CHECK (extent IN ('area', 'page', 'range', 'answer')),
    missing_count INTEGER CHECK (missing_count >= 1),
    missing_first TEXT NOT NULL DEFAULT '',
    missing_last TEXT NOT NULL DEFAULT '',
    vocabulary TEXT NOT NULL DEFAULT '',
    adopted_key TEXT,
    CHECK (extent IS NULL OR kind = 'withholding')
) STRICT;
INSERT INTO annotation_new (
    id, document_id, page, kind, colour, text, comment, quads, prefix, suffix, codes, sort_key,
    created_at, modified_at, deleted_at, extent)
SELECT
    id, document_id, page, kind, colour, text, comment, quads, prefix, suffix, codes, sort_key,
    created_at, modified_at, deleted_at, iif(kind = 'withholding', 'area', NULL)
FROM annotation;
DROP TABLE annotation;
ALTER TABLE annotation_new RENAME TO annotation;
CREATE INDEX annotation_place ON annotation (document_id, sort_key);
"""  # noqa: S608 - nothing in it comes from outside

_REST_2 = """
ALTER TABLE quote ADD COLUMN edited TEXT NOT NULL DEFAULT '';
ALTER TABLE quote ADD COLUMN is_region INTEGER NOT NULL DEFAULT 0 CHECK (is_region IN (0, 1));

ALTER TABLE document ADD COLUMN ocr_languages TEXT NOT NULL DEFAULT '';

CREATE TABLE page_ocr (
    page_id INTEGER PRIMARY KEY REFERENCES page (id),
    failed TEXT,
    engine TEXT NOT NULL DEFAULT '',
    languages TEXT NOT NULL DEFAULT '',
    confidence REAL CHECK (confidence BETWEEN 0 AND 100),
    turned INTEGER NOT NULL DEFAULT 0 CHECK (turned IN (0, 90, 180, 270)),
    skew REAL NOT NULL DEFAULT 0,
    words BLOB
) STRICT;

DROP TABLE job_item;
DROP TABLE job;

-- What a reader needs to lay out all pages lies together here: in the table each page has its text
-- beside it, so that thousands of blocks would have to be decrypted to open a long document.
CREATE INDEX page_shape ON page (document_seq, number, label, width, height, ocr, state);
"""

VERSION_2 = _MARKS_2 + _REST_2

# Version 3 -------------------------------------------------------------------------------------

VERSION_3 = f"""
CREATE TABLE agency (
    id {_ID},
    name TEXT NOT NULL CHECK (trim(name) <> ''),
    address TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    portal TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    zone TEXT NOT NULL DEFAULT '',
    closes_at TEXT NOT NULL DEFAULT '',
    holidays TEXT NOT NULL DEFAULT '[]' CHECK (json_type(holidays) = 'array'),
    closures TEXT NOT NULL DEFAULT '[]' CHECK (json_type(closures) = 'array'),
    notes TEXT NOT NULL DEFAULT '',
    {_TIMES}
) STRICT;

-- The text of a law's rules as they were when a request was received under it.
CREATE TABLE law_rules (
    id {_ID},
    law TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE request_event (
    id {_ID},
    request_id TEXT NOT NULL REFERENCES request (id),
    kind TEXT NOT NULL,
    dated TEXT,
    sent TEXT,
    received TEXT,
    way TEXT NOT NULL DEFAULT '',
    proof TEXT NOT NULL DEFAULT '',
    person TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    appeal_offered INTEGER CHECK (appeal_offered IN (0, 1)),
    pages INTEGER CHECK (pages >= 0),
    bates_first TEXT NOT NULL DEFAULT '',
    bates_last TEXT NOT NULL DEFAULT '',
    amount INTEGER CHECK (amount >= 0),
    currency TEXT NOT NULL DEFAULT '',
    clock TEXT NOT NULL DEFAULT '',
    ground TEXT NOT NULL DEFAULT '',
    confirmed {_BOOL.format("confirmed")},
    until TEXT,
    limit_on TEXT,
    answers TEXT REFERENCES request_event (id),
    outcome TEXT NOT NULL DEFAULT '',
    child_id TEXT REFERENCES request (id),
    documents TEXT NOT NULL DEFAULT '[]' CHECK (json_type(documents) = 'array'),
    {_TIMES}
) STRICT;
CREATE INDEX request_event_request ON request_event (request_id);

INSERT INTO request_event (id, request_id, kind, sent, created_at, modified_at)
SELECT lower(hex(randomblob(8))), id, 'sent', sent_on, created_at, modified_at
FROM request WHERE sent_on IS NOT NULL;

ALTER TABLE request ADD COLUMN tracking_numbers TEXT NOT NULL DEFAULT '[]'
    CHECK (json_type(tracking_numbers) = 'array');
UPDATE request SET tracking_numbers = json_array(tracking_number) WHERE tracking_number <> '';
ALTER TABLE request DROP COLUMN tracking_number;
ALTER TABLE request DROP COLUMN sent_on;
ALTER TABLE request ADD COLUMN agency_id TEXT REFERENCES agency (id);
ALTER TABLE request ADD COLUMN requester TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN on_behalf_of TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN scope TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN period_from TEXT;
ALTER TABLE request ADD COLUMN period_to TEXT;
ALTER TABLE request ADD COLUMN text TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN category TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN fee_ceiling INTEGER CHECK (fee_ceiling >= 0);
ALTER TABLE request ADD COLUMN currency TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN waiver_asked {_BOOL.format("waiver_asked")};
ALTER TABLE request ADD COLUMN expedited_asked {_BOOL.format("expedited_asked")};
ALTER TABLE request ADD COLUMN expedited_certified {_BOOL.format("expedited_certified")};
ALTER TABLE request ADD COLUMN parent_id TEXT REFERENCES request (id);
ALTER TABLE request ADD COLUMN pages_expected INTEGER CHECK (pages_expected >= 0);
ALTER TABLE request ADD COLUMN rules_id TEXT REFERENCES law_rules (id);
CREATE INDEX request_parent ON request (parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE ledger_entry (
    id {_ID},
    request_id TEXT NOT NULL REFERENCES request (id),
    bucket TEXT NOT NULL CHECK (bucket IN (
        'full', 'part', 'withheld', 'referred', 'duplicate', 'non_responsive', 'missing')),
    pages INTEGER NOT NULL CHECK (pages >= 1),
    first TEXT NOT NULL DEFAULT '',
    last TEXT NOT NULL DEFAULT '',
    to_whom TEXT NOT NULL DEFAULT '',
    duplicate_of TEXT NOT NULL DEFAULT '',
    document_id TEXT REFERENCES document (id),
    note TEXT NOT NULL DEFAULT '',
    {_TIMES}
) STRICT;
CREATE INDEX ledger_entry_request ON ledger_entry (request_id);
CREATE INDEX ledger_entry_document ON ledger_entry (document_id) WHERE document_id IS NOT NULL;

-- Derived: what lists show of a request on a day, until the day on which that changes. A row goes
-- as soon as anything that it was made of is edited.
CREATE TABLE request_summary (
    request_id TEXT PRIMARY KEY NOT NULL REFERENCES request (id),
    made_by TEXT NOT NULL,
    holds_from TEXT NOT NULL,
    holds_until TEXT NOT NULL,
    summary TEXT NOT NULL CHECK (json_type(summary) = 'array')
) STRICT;

CREATE TABLE letter (
    id {_ID},
    request_id TEXT NOT NULL REFERENCES request (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL,
    findings_reason TEXT NOT NULL DEFAULT '',
    {_TIMES}
) STRICT;
CREATE INDEX letter_request ON letter (request_id);

CREATE TABLE letter_template (
    id {_ID},
    law TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    modified_at TEXT NOT NULL,
    UNIQUE (law, kind)
) STRICT;
"""  # noqa: S608 - nothing in it comes from outside

# What lists show of a request, in two parts, and what Today finds by it. All derived.
VERSION_4 = f"""
ALTER TABLE request_event ADD COLUMN after_hours {_BOOL.format("after_hours")};

DROP TABLE request_summary;

-- What lists show of a request on a day, until the day on which that changes: in short, and the
-- rest. A row goes as soon as anything that it was made of is edited.
CREATE TABLE request_summary (
    request_id TEXT PRIMARY KEY NOT NULL REFERENCES request (id),
    made_by TEXT NOT NULL,
    holds_from TEXT NOT NULL,
    holds_until TEXT NOT NULL,
    short TEXT NOT NULL CHECK (json_type(short) = 'array'),
    rest TEXT NOT NULL CHECK (json_type(rest) = 'array')
) STRICT;

-- What a request asks of the reporter, a row a line of Today: it goes with its summary.
CREATE TABLE request_ask (
    request_id TEXT NOT NULL REFERENCES request_summary (request_id) ON DELETE CASCADE,
    section TEXT NOT NULL,
    day TEXT NOT NULL,
    until TEXT NOT NULL
) STRICT;
CREATE INDEX request_ask_day ON request_ask (section, day, until, request_id);
CREATE INDEX request_ask_request ON request_ask (request_id);
"""
