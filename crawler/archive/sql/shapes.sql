-- What is learned of pages whose URLs differ in numbers alone: calendars and counters never end, and bring nothing.

CREATE TABLE shapes (
    -- URLs with their numbers blurred, and what first visits of such pages brought.
    portal_id INTEGER NOT NULL REFERENCES portals (id),
    shape TEXT NOT NULL,
    fruitless INTEGER NOT NULL,             -- points since one of them brought something: 2 for an empty page, 3 for none
    rests_until TEXT,                       -- until when no more of them are asked for
    rests INTEGER NOT NULL DEFAULT 0,       -- how often they rested
    PRIMARY KEY (portal_id, shape)
) WITHOUT ROWID;
