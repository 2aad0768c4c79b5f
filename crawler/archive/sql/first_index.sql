-- The first full-text index, as released; a later step of the schema has replaced it.
CREATE TABLE articles_plain (
    -- The folded text beside an article; NULL where folding changes nothing.
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) DEFERRABLE INITIALLY DEFERRED,
    filters TEXT,                           -- m202001 y2020 and the portal's slug without hyphens
    headline_plain TEXT,
    byline_plain TEXT,
    captions_plain TEXT,
    spellings TEXT,                         -- other accepted placements of tone marks, with the words around
    text_plain TEXT                         -- lead and body
);

CREATE VIEW articles_indexed AS
-- What is indexed of each article.
SELECT articles.id, articles.headline, articles.lead, articles.body, articles.captions, articles.byline, headline_plain, text_plain, captions_plain, byline_plain, spellings, filters
FROM articles LEFT JOIN articles_plain ON articles_plain.article_id = articles.id;

CREATE VIRTUAL TABLE articles_fts USING fts5 (
    headline, lead, body, captions, byline, headline_plain, text_plain, captions_plain, byline_plain, spellings, filters,
    content='articles_indexed', /* content="articles" lets sqlite-utils and Datasette find the index of articles */
    content_rowid='id', tokenize='unicode61 remove_diacritics 0'
);

INSERT INTO articles_fts (articles_fts, rank) VALUES ('rank', 'bm25(10.0, 4.0, 1.0, 1.5, 3.0, 5.0, 0.5, 0.75, 1.5, 0.5, 0.0)');

CREATE TRIGGER articles_insert AFTER INSERT ON articles BEGIN INSERT INTO articles_fts (rowid, headline, lead, body, captions, byline, headline_plain, text_plain, captions_plain, byline_plain, spellings, filters) SELECT * FROM articles_indexed WHERE id = new.id; END;

CREATE TRIGGER articles_before_update BEFORE UPDATE OF id, headline, lead, body, captions, byline ON articles BEGIN INSERT INTO articles_fts (articles_fts, rowid, headline, lead, body, captions, byline, headline_plain, text_plain, captions_plain, byline_plain, spellings, filters) SELECT 'delete', * FROM articles_indexed WHERE id = old.id; END;

CREATE TRIGGER articles_after_update AFTER UPDATE OF id, headline, lead, body, captions, byline ON articles BEGIN INSERT INTO articles_fts (rowid, headline, lead, body, captions, byline, headline_plain, text_plain, captions_plain, byline_plain, spellings, filters) SELECT * FROM articles_indexed WHERE id = new.id; END;

CREATE TRIGGER articles_before_delete BEFORE DELETE ON articles BEGIN INSERT INTO articles_fts (articles_fts, rowid, headline, lead, body, captions, byline, headline_plain, text_plain, captions_plain, byline_plain, spellings, filters) SELECT 'delete', * FROM articles_indexed WHERE id = old.id; END;

CREATE TRIGGER articles_plain_insert AFTER INSERT ON articles_plain BEGIN INSERT INTO articles_fts (articles_fts, rowid, headline, lead, body, captions, byline, headline_plain, text_plain, captions_plain, byline_plain, spellings, filters) SELECT 'delete', id, headline, lead, body, captions, byline, NULL, NULL, NULL, NULL, NULL, NULL FROM articles WHERE id = new.article_id; INSERT INTO articles_fts (rowid, headline, lead, body, captions, byline, headline_plain, text_plain, captions_plain, byline_plain, spellings, filters) SELECT * FROM articles_indexed WHERE id = new.article_id; END;

CREATE TRIGGER articles_plain_before_update BEFORE UPDATE ON articles_plain BEGIN INSERT INTO articles_fts (articles_fts, rowid, headline, lead, body, captions, byline, headline_plain, text_plain, captions_plain, byline_plain, spellings, filters) SELECT 'delete', * FROM articles_indexed WHERE id = old.article_id; END;

CREATE TRIGGER articles_plain_after_update AFTER UPDATE ON articles_plain BEGIN INSERT INTO articles_fts (rowid, headline, lead, body, captions, byline, headline_plain, text_plain, captions_plain, byline_plain, spellings, filters) SELECT * FROM articles_indexed WHERE id = new.article_id; END;

CREATE TRIGGER articles_plain_before_delete BEFORE DELETE ON articles_plain BEGIN INSERT INTO articles_fts (articles_fts, rowid, headline, lead, body, captions, byline, headline_plain, text_plain, captions_plain, byline_plain, spellings, filters) SELECT 'delete', * FROM articles_indexed WHERE id = old.article_id; END;

CREATE TRIGGER articles_plain_after_delete AFTER DELETE ON articles_plain BEGIN INSERT INTO articles_fts (rowid, headline, lead, body, captions, byline, headline_plain, text_plain, captions_plain, byline_plain, spellings, filters) SELECT * FROM articles_indexed WHERE id = old.article_id; END;

CREATE TRIGGER articles_after_delete AFTER DELETE ON articles BEGIN DELETE FROM articles_plain WHERE article_id = old.id; DELETE FROM versions WHERE article_id = old.id; DELETE FROM verdicts WHERE article_id = old.id; DELETE FROM addresses WHERE article_id = old.id; DELETE FROM images WHERE article_id = old.id; DELETE FROM attachments WHERE article_id = old.id; DELETE FROM bylines WHERE article_id = old.id; DELETE FROM article_tags WHERE article_id = old.id; DELETE FROM story_matches WHERE article_id = old.id OR other_id = old.id; UPDATE stories SET head_id = NULL WHERE head_id = old.id; END;
