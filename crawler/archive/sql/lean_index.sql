-- The full-text index without a stored copy of what a view can fold: body first, because FTS5 spends two bytes less on
-- every word of the first column.

DROP TRIGGER IF EXISTS articles_insert;
DROP TRIGGER IF EXISTS articles_before_update;
DROP TRIGGER IF EXISTS articles_after_update;
DROP TRIGGER IF EXISTS articles_before_delete;
DROP TRIGGER IF EXISTS articles_plain_insert;
DROP TRIGGER IF EXISTS articles_plain_before_update;
DROP TRIGGER IF EXISTS articles_plain_after_update;
DROP TRIGGER IF EXISTS articles_plain_before_delete;
DROP TRIGGER IF EXISTS articles_plain_after_delete;
DROP TRIGGER IF EXISTS articles_after_delete;
DROP VIEW search;
DROP VIEW new_hits;
DROP TABLE articles_fts;
DROP VIEW articles_indexed;
DROP TABLE articles_plain;

CREATE TABLE articles_plain (
    -- The folded text beside an article; NULL where folding changes nothing.
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) DEFERRABLE INITIALLY DEFERRED,
    filters TEXT,                           -- m202001 y2020 and the portal's slug without hyphens
    by_letter INTEGER NOT NULL DEFAULT 0,   -- 1: articles_indexed folds lead and body, letter by letter
    headline_plain TEXT,
    byline_plain TEXT,
    captions_plain TEXT,
    spellings TEXT,                         -- other accepted placements of tone marks, with the words around
    text_plain TEXT                         -- lead and body, where a letter is not enough (北京, Ελλάδα)
);

CREATE VIEW articles_indexed AS
-- What is indexed of each article.
WITH folded0 AS (
    SELECT id, body, headline, lead, captions, byline,
        headline_plain, text_plain, captions_plain, byline_plain, spellings, filters,
        CASE WHEN by_letter THEN coalesce(lead || char(10), '') || coalesce(body, '') END AS text
    FROM articles LEFT JOIN articles_plain ON article_id = id
), folded1 AS (
    SELECT id, body, headline, lead, captions, byline,
        headline_plain, text_plain, captions_plain, byline_plain, spellings, filters,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text
        , 'à', 'a'), 'á', 'a'), 'ả', 'a'), 'ã', 'a'), 'ạ', 'a'), 'ă', 'a'), 'ằ', 'a'), 'ắ', 'a'), 'ẳ', 'a')
        , 'ẵ', 'a'), 'ặ', 'a'), 'â', 'a') AS text
    FROM folded0
), folded2 AS (
    SELECT id, body, headline, lead, captions, byline,
        headline_plain, text_plain, captions_plain, byline_plain, spellings, filters,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text
        , 'ầ', 'a'), 'ấ', 'a'), 'ẩ', 'a'), 'ẫ', 'a'), 'ậ', 'a'), 'è', 'e'), 'é', 'e'), 'ẻ', 'e'), 'ẽ', 'e')
        , 'ẹ', 'e'), 'ê', 'e'), 'ề', 'e') AS text
    FROM folded1
), folded3 AS (
    SELECT id, body, headline, lead, captions, byline,
        headline_plain, text_plain, captions_plain, byline_plain, spellings, filters,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text
        , 'ế', 'e'), 'ể', 'e'), 'ễ', 'e'), 'ệ', 'e'), 'ì', 'i'), 'í', 'i'), 'ỉ', 'i'), 'ĩ', 'i'), 'ị', 'i')
        , 'ò', 'o'), 'ó', 'o'), 'ỏ', 'o') AS text
    FROM folded2
), folded4 AS (
    SELECT id, body, headline, lead, captions, byline,
        headline_plain, text_plain, captions_plain, byline_plain, spellings, filters,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text
        , 'õ', 'o'), 'ọ', 'o'), 'ô', 'o'), 'ồ', 'o'), 'ố', 'o'), 'ổ', 'o'), 'ỗ', 'o'), 'ộ', 'o'), 'ơ', 'o')
        , 'ờ', 'o'), 'ớ', 'o'), 'ở', 'o') AS text
    FROM folded3
), folded5 AS (
    SELECT id, body, headline, lead, captions, byline,
        headline_plain, text_plain, captions_plain, byline_plain, spellings, filters,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text
        , 'ỡ', 'o'), 'ợ', 'o'), 'ù', 'u'), 'ú', 'u'), 'ủ', 'u'), 'ũ', 'u'), 'ụ', 'u'), 'ư', 'u'), 'ừ', 'u')
        , 'ứ', 'u'), 'ử', 'u'), 'ữ', 'u') AS text
    FROM folded4
), folded6 AS (
    SELECT id, body, headline, lead, captions, byline,
        headline_plain, text_plain, captions_plain, byline_plain, spellings, filters,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text
        , 'ự', 'u'), 'ỳ', 'y'), 'ý', 'y'), 'ỷ', 'y'), 'ỹ', 'y'), 'ỵ', 'y'), 'đ', 'd'), 'À', 'A'), 'Á', 'A')
        , 'Ả', 'A'), 'Ã', 'A'), 'Ạ', 'A') AS text
    FROM folded5
), folded7 AS (
    SELECT id, body, headline, lead, captions, byline,
        headline_plain, text_plain, captions_plain, byline_plain, spellings, filters,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text
        , 'Ă', 'A'), 'Ằ', 'A'), 'Ắ', 'A'), 'Ẳ', 'A'), 'Ẵ', 'A'), 'Ặ', 'A'), 'Â', 'A'), 'Ầ', 'A'), 'Ấ', 'A')
        , 'Ẩ', 'A'), 'Ẫ', 'A'), 'Ậ', 'A') AS text
    FROM folded6
), folded8 AS (
    SELECT id, body, headline, lead, captions, byline,
        headline_plain, text_plain, captions_plain, byline_plain, spellings, filters,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text
        , 'È', 'E'), 'É', 'E'), 'Ẻ', 'E'), 'Ẽ', 'E'), 'Ẹ', 'E'), 'Ê', 'E'), 'Ề', 'E'), 'Ế', 'E'), 'Ể', 'E')
        , 'Ễ', 'E'), 'Ệ', 'E'), 'Ì', 'I') AS text
    FROM folded7
), folded9 AS (
    SELECT id, body, headline, lead, captions, byline,
        headline_plain, text_plain, captions_plain, byline_plain, spellings, filters,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text
        , 'Í', 'I'), 'Ỉ', 'I'), 'Ĩ', 'I'), 'Ị', 'I'), 'Ò', 'O'), 'Ó', 'O'), 'Ỏ', 'O'), 'Õ', 'O'), 'Ọ', 'O')
        , 'Ô', 'O'), 'Ồ', 'O'), 'Ố', 'O') AS text
    FROM folded8
), folded10 AS (
    SELECT id, body, headline, lead, captions, byline,
        headline_plain, text_plain, captions_plain, byline_plain, spellings, filters,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text
        , 'Ổ', 'O'), 'Ỗ', 'O'), 'Ộ', 'O'), 'Ơ', 'O'), 'Ờ', 'O'), 'Ớ', 'O'), 'Ở', 'O'), 'Ỡ', 'O'), 'Ợ', 'O')
        , 'Ù', 'U'), 'Ú', 'U'), 'Ủ', 'U') AS text
    FROM folded9
), folded11 AS (
    SELECT id, body, headline, lead, captions, byline,
        headline_plain, text_plain, captions_plain, byline_plain, spellings, filters,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text
        , 'Ũ', 'U'), 'Ụ', 'U'), 'Ư', 'U'), 'Ừ', 'U'), 'Ứ', 'U'), 'Ử', 'U'), 'Ữ', 'U'), 'Ự', 'U'), 'Ỳ', 'Y')
        , 'Ý', 'Y'), 'Ỷ', 'Y'), 'Ỹ', 'Y') AS text
    FROM folded10
), folded12 AS (
    SELECT id, body, headline, lead, captions, byline,
        headline_plain, text_plain, captions_plain, byline_plain, spellings, filters,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text
        , 'Ỵ', 'Y'), 'Đ', 'D'), 'ä', 'a'), 'ö', 'o'), 'ü', 'u'), 'ß', 'ss'), 'ç', 'c'), 'ñ', 'n'), 'å', 'a')
        , 'ø', 'o'), 'æ', 'ae'), 'œ', 'oe') AS text
    FROM folded11
), folded13 AS (
    SELECT id, body, headline, lead, captions, byline,
        headline_plain, text_plain, captions_plain, byline_plain, spellings, filters,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text
        , 'ë', 'e'), 'ï', 'i'), 'î', 'i'), 'û', 'u'), 'Ä', 'A'), 'Ö', 'O'), 'Ü', 'U'), 'Ç', 'C'), 'Ñ', 'N')
        , 'Å', 'A'), 'Ø', 'O'), 'Æ', 'AE') AS text
    FROM folded12
), folded14 AS (
    SELECT id, body, headline, lead, captions, byline,
        headline_plain, text_plain, captions_plain, byline_plain, spellings, filters,
        replace(replace(replace(replace(replace(text
        , 'Œ', 'OE'), 'Ë', 'E'), 'Ï', 'I'), 'Î', 'I'), 'Û', 'U') AS text
    FROM folded13
)
SELECT id, body, headline, lead, captions, byline, headline_plain, coalesce(text_plain, text) AS text_plain,
    captions_plain, byline_plain, spellings, filters
FROM folded14;

CREATE VIRTUAL TABLE articles_fts USING fts5 (
    body, headline, lead, captions, byline, headline_plain, text_plain, captions_plain, byline_plain, spellings, filters,
    content='articles_indexed', /* content="articles" lets sqlite-utils and Datasette find the index of articles */
    content_rowid='id', tokenize='unicode61 remove_diacritics 0'
);

INSERT INTO articles_fts (articles_fts, rank)
VALUES ('rank', 'bm25(1.0, 10.0, 4.0, 1.5, 3.0, 5.0, 0.5, 0.75, 1.5, 0.5, 0.0)');

CREATE VIEW search AS
-- Full-text search: select * from search where query = '"móng cái" đại hội' order by rank limit 20
SELECT articles.id, published_at, portals.slug AS portal, articles.headline,
       snippet(articles_fts, 0, '[', ']', '…', 24) AS snippet,
       articles.byline, articles.url, articles_fts.rank AS rank, articles_fts AS query
FROM articles_fts
JOIN articles ON articles.id = articles_fts.rowid
JOIN portals ON portals.id = articles.portal_id;

CREATE VIEW new_hits AS
-- What saved searches find among the articles stored since they were last looked at.
SELECT saved_searches.name AS search, articles.id, articles.first_seen_at, articles.published_at,
       portals.slug AS portal, articles.headline, articles.url
FROM saved_searches
JOIN articles_fts ON articles_fts MATCH saved_searches.query AND articles_fts.rowid > saved_searches.seen_up_to
JOIN articles ON articles.id = articles_fts.rowid
JOIN portals ON portals.id = articles.portal_id;
