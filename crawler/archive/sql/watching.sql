-- What is watched of a portal besides its articles.

CREATE TABLE titles (
    -- What the home page of a portal called itself, and when: another owner calls it otherwise.
    id INTEGER PRIMARY KEY,
    portal_id INTEGER NOT NULL REFERENCES portals (id),
    title TEXT NOT NULL,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    capture_id INTEGER REFERENCES captures (id),
    UNIQUE (portal_id, title)
);

CREATE TABLE suspicions (
    -- Links that somebody else seems to have put into a page of a portal. Nothing is deleted for it.
    id INTEGER PRIMARY KEY,
    portal_id INTEGER NOT NULL REFERENCES portals (id),
    url TEXT NOT NULL,
    evidence TEXT NOT NULL,                 -- the links, a line each
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    capture_id INTEGER REFERENCES captures (id),
    UNIQUE (portal_id, url, evidence)
);

DROP VIEW removals;

CREATE VIEW removals AS
-- Articles that the portal no longer shows; nothing is deleted here.
SELECT articles.id, portals.slug AS portal, articles.verdict, verdicts.seen_at AS removed_at, articles.last_seen_at,
       articles.published_at, articles.headline, articles.url,
       captures.status, captures.warc, captures."offset"
FROM articles
JOIN portals ON portals.id = articles.portal_id
LEFT JOIN verdicts ON verdicts.article_id = articles.id
    AND verdicts.seen_at = (SELECT max(seen_at) FROM verdicts AS later WHERE later.article_id = articles.id)
LEFT JOIN captures ON captures.id = verdicts.capture_id
WHERE articles.verdict <> 'live' AND articles.verdict NOT IN ('unknown', 'blocked');

CREATE INDEX articles_new ON articles (portal_id, first_seen_at);
