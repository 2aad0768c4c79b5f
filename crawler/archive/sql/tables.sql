-- The archive's tables. Times are UTC with Z, except what the portal printed (its own offset). Text is NFC.
-- Short columns stand first and texts last, so that lists read few pages.

CREATE TABLE portals (
    -- The news site of one local government.
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,              -- lower-case letters, digits, hyphens
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    place TEXT,
    language TEXT,
    timezone TEXT,                          -- IANA name
    platform TEXT,
    added_at TEXT NOT NULL
);

CREATE TABLE crawls (
    -- One run of the crawler on one portal.
    id INTEGER PRIMARY KEY,
    portal_id INTEGER NOT NULL REFERENCES portals (id),
    started_at TEXT NOT NULL,
    finished_at TEXT,                       -- NULL: still running, or killed
    command TEXT NOT NULL,
    software TEXT NOT NULL,
    outcome TEXT,
    counts TEXT                             -- JSON object: what was counted, how often
);
CREATE INDEX crawls_portal ON crawls (portal_id, id);

CREATE TABLE captures (
    -- One HTTP response as it was recorded, or an attempt that brought none: the evidence.
    id INTEGER PRIMARY KEY,
    crawl_id INTEGER REFERENCES crawls (id),
    portal_id INTEGER NOT NULL REFERENCES portals (id),
    url TEXT NOT NULL,
    requested_url TEXT,                     -- where redirects led from it to url
    captured_at TEXT NOT NULL,
    status INTEGER NOT NULL,                -- 0: no response came
    media_type TEXT,
    bytes INTEGER NOT NULL,
    digest TEXT,                            -- sha256: and the hex digest of the payload as it was sent
    warc TEXT,                              -- file name in the WARC folder
    "offset" INTEGER,
    length INTEGER,
    source TEXT NOT NULL,                   -- live, or where it was imported from
    error TEXT
);
CREATE UNIQUE INDEX captures_record ON captures (warc, "offset") WHERE warc IS NOT NULL;
CREATE INDEX captures_url ON captures (url, captured_at);
CREATE INDEX captures_crawl ON captures (crawl_id, status);

CREATE TABLE stories (
    -- The copies of one text; a row for texts that have copies.
    id INTEGER PRIMARY KEY,
    head_id INTEGER REFERENCES articles (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE articles (
    -- An article as it is now. What it said before is in versions.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    portal_id INTEGER NOT NULL REFERENCES portals (id),
    url TEXT NOT NULL UNIQUE,               -- canonical
    published_at TEXT,                      -- ISO 8601 with the portal's offset, cut to its precision
    published_precision TEXT,
    published_raw TEXT,                     -- as printed
    updated_at TEXT,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    verdict TEXT NOT NULL DEFAULT 'live',   -- live, moved, gone, soft-404
    versions INTEGER NOT NULL DEFAULT 1,
    story_id INTEGER REFERENCES stories (id),
    capture_id INTEGER REFERENCES captures (id),
    language TEXT,
    section TEXT,
    unit TEXT,                              -- organisation in the byline
    source TEXT,                            -- from whom the text was taken over
    dateline TEXT,
    byline TEXT,                            -- as printed
    words INTEGER NOT NULL DEFAULT 0,
    fingerprint TEXT,                       -- digest of the normalised text, for exact duplicates
    origins TEXT,                           -- JSON object: field to the reader that found it
    headline TEXT,
    lead TEXT,
    captions TEXT,                          -- of all images, a line each
    body TEXT                               -- paragraphs, a blank line between
);
CREATE INDEX articles_published ON articles (published_at);
CREATE INDEX articles_portal ON articles (portal_id, published_at);
CREATE INDEX articles_fingerprint ON articles (fingerprint);
CREATE INDEX articles_story ON articles (story_id) WHERE story_id IS NOT NULL;
CREATE INDEX articles_removed ON articles (verdict) WHERE verdict <> 'live';

CREATE TABLE addresses (
    -- Another URL under which an article was reached.
    url TEXT PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    first_seen_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX addresses_article ON addresses (article_id);

CREATE TABLE versions (
    -- What an article said while that stayed the same.
    article_id INTEGER NOT NULL REFERENCES articles (id),
    number INTEGER NOT NULL,                -- 1 is the oldest
    seen_from TEXT NOT NULL,
    seen_until TEXT NOT NULL,
    capture_id INTEGER REFERENCES captures (id),
    made_by TEXT NOT NULL CHECK (made_by IN ('portal', 'extractor')),
    edit TEXT,                              -- against the version before: date, figures, small, large, rewrite
    published_at TEXT,
    fingerprint TEXT NOT NULL,              -- digest of what the version says
    byline TEXT,
    headline TEXT,
    lead TEXT,
    captions TEXT,
    body TEXT,
    PRIMARY KEY (article_id, number)
);
CREATE INDEX versions_seen ON versions (seen_from);

CREATE TABLE verdicts (
    -- When something else became of an article: gone, soft-404, moved, and live when it was back.
    article_id INTEGER NOT NULL REFERENCES articles (id),
    seen_at TEXT NOT NULL,
    verdict TEXT NOT NULL,
    capture_id INTEGER REFERENCES captures (id),
    PRIMARY KEY (article_id, seen_at)
) WITHOUT ROWID;

CREATE TABLE images (
    -- A picture in an article.
    article_id INTEGER NOT NULL REFERENCES articles (id),
    number INTEGER NOT NULL,                -- order in the article, from 1
    position INTEGER NOT NULL,              -- body paragraphs before it
    url TEXT NOT NULL,
    caption TEXT,
    credit TEXT,
    alt TEXT,
    capture_id INTEGER REFERENCES captures (id),
    PRIMARY KEY (article_id, number)
);
CREATE INDEX images_url ON images (url);

CREATE TABLE attachments (
    -- A file that an article offers.
    article_id INTEGER NOT NULL REFERENCES articles (id),
    number INTEGER NOT NULL,
    url TEXT NOT NULL,
    label TEXT,
    media_type TEXT,
    capture_id INTEGER REFERENCES captures (id),
    text TEXT,
    PRIMARY KEY (article_id, number)
);
CREATE INDEX attachments_url ON attachments (url);

CREATE TABLE people (
    -- A name in bylines, of a person or of a unit (an organisation).
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'unit')),
    UNIQUE (name, kind)
);

CREATE TABLE bylines (
    -- Who signed which article.
    article_id INTEGER NOT NULL REFERENCES articles (id),
    position INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,                     -- author, unit, source
    PRIMARY KEY (article_id, position)
) WITHOUT ROWID;
CREATE INDEX bylines_person ON bylines (person_id);

CREATE TABLE tags (
    -- A keyword that portals give to articles.
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE article_tags (
    -- Which article has which tag.
    article_id INTEGER NOT NULL REFERENCES articles (id),
    tag_id INTEGER NOT NULL REFERENCES tags (id),
    PRIMARY KEY (article_id, tag_id)
) WITHOUT ROWID;
CREATE INDEX article_tags_tag ON article_tags (tag_id);

CREATE TABLE story_matches (
    -- Two articles found to be copies; article_id is the one that came into the archive later.
    article_id INTEGER NOT NULL REFERENCES articles (id),
    other_id INTEGER NOT NULL REFERENCES articles (id),
    similarity REAL NOT NULL,
    PRIMARY KEY (article_id, other_id)
) WITHOUT ROWID;
CREATE INDEX story_matches_other ON story_matches (other_id);

CREATE TABLE sketches (
    -- A sampled hash of five words in a row, by which near duplicates are looked up.
    hash INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (hash, article_id)
) WITHOUT ROWID;

CREATE TABLE frontier (
    -- A URL that the crawler knows, and its state.
    id INTEGER PRIMARY KEY,
    portal_id INTEGER NOT NULL REFERENCES portals (id),
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'leased', 'dead', 'excluded')),
    priority INTEGER NOT NULL,              -- smaller is fetched first
    due_at TEXT,                            -- NULL: never again by itself
    lease TEXT,                             -- host:boot-id:pid:start-time of the crawl that holds it
    leased_at TEXT,
    tries INTEGER NOT NULL DEFAULT 0,       -- failures in a row
    last_status INTEGER,
    last_at TEXT,
    changed INTEGER NOT NULL DEFAULT 0,     -- re-checks that found a change
    unchanged INTEGER NOT NULL DEFAULT 0,   -- re-checks in a row that found none
    depth INTEGER NOT NULL DEFAULT 0,       -- hops since the last page that brought articles
    listed INTEGER NOT NULL DEFAULT 0,      -- 1: a listing has shown it
    added_at TEXT NOT NULL,
    via TEXT,                               -- the page that brought it
    etag TEXT,
    last_modified TEXT,
    reason TEXT,
    UNIQUE (portal_id, url)
);
CREATE INDEX frontier_due ON frontier (portal_id, state, priority, due_at);

CREATE TABLE robots (
    -- A robots.txt as it was.
    id INTEGER PRIMARY KEY,
    portal_id INTEGER NOT NULL REFERENCES portals (id),
    url TEXT NOT NULL,
    fetched_at TEXT NOT NULL,               -- first time this text was fetched
    last_seen_at TEXT NOT NULL,
    status INTEGER NOT NULL,
    digest TEXT,
    capture_id INTEGER REFERENCES captures (id),
    text TEXT
);
CREATE INDEX robots_portal ON robots (portal_id, url, fetched_at);

CREATE TABLE saved_searches (
    -- A query to be asked again; new_hits shows what is new in it.
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL,                    -- FTS5 syntax
    seen_up_to INTEGER NOT NULL DEFAULT 0   -- articles with a greater id are new
);
