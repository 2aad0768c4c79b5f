-- Articles that must not be shown.

CREATE TABLE withholdings (
    -- An article that was taken out of all other tables and of the index, and until when; captures and WARC files stay.
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL,
    portal_id INTEGER NOT NULL REFERENCES portals (id),
    url TEXT NOT NULL,
    reason TEXT NOT NULL,
    withheld_at TEXT NOT NULL,
    released_at TEXT,                       -- NULL: withheld now
    fingerprint TEXT,                       -- digest of its text, by which it is known at another URL of the portal
    content BLOB                            -- its rows: deflated JSON, so that it is not read by mistake
);
CREATE UNIQUE INDEX withholdings_now ON withholdings (article_id) WHERE released_at IS NULL;

CREATE TABLE withheld_urls (
    -- The URLs of articles that are withheld now.
    url TEXT PRIMARY KEY,
    withholding_id INTEGER NOT NULL REFERENCES withholdings (id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE VIEW withheld AS
-- Articles that are withheld now, and why.
SELECT article_id, portals.slug AS portal, withholdings.url, withheld_at, reason
FROM withholdings JOIN portals ON portals.id = portal_id
WHERE released_at IS NULL;
