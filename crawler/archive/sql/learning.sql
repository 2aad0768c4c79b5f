-- What is learned of how often portals edit and publish, and of how far a crawl has come.

ALTER TABLE frontier ADD COLUMN rate REAL;              -- new articles a day that a list brings, as learned

ALTER TABLE crawls ADD COLUMN mode TEXT;                -- catch-up: the past is known; backfill: it is not yet

CREATE TABLE edit_rates (
    -- How often a portal's articles of one age were edited while they were watched.
    portal_id INTEGER NOT NULL REFERENCES portals (id),
    band INTEGER NOT NULL,                  -- age: 0 up to a day, 1 three days, 2 a week, 3 a month, 4 half a year, 5 older
    checks INTEGER NOT NULL,
    edits INTEGER NOT NULL,
    days REAL NOT NULL,                     -- between the visits, all together
    PRIMARY KEY (portal_id, band)
) WITHOUT ROWID;
