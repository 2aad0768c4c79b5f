-- When portals are crawled, and what is known of their certificates.

ALTER TABLE portals ADD COLUMN due_at TEXT;             -- when its schedule asks for the next crawl

ALTER TABLE portals ADD COLUMN paused_until TEXT;       -- until when the portal asked to be left alone

CREATE TABLE certificates (
    -- The certificate of a host, and when it was seen.
    id INTEGER PRIMARY KEY,
    portal_id INTEGER NOT NULL REFERENCES portals (id),
    host TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    UNIQUE (portal_id, host, expires_at)
);
