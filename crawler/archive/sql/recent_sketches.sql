-- Bulk import enters hashes here, and now and then in their order into sketches: to put each at once into its place in a
-- large table would write most pages of it again for every few thousand articles.

CREATE TABLE sketches_recent (
    -- Sketches of a bulk import that are not in sketches yet.
    hash INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (hash, article_id)
) WITHOUT ROWID;
