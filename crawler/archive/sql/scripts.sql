-- Accents and vowel signs that are characters of their own (Thai, Hindi, Arabic) belong to the word, which SQLite takes for
-- its end else. What only says how a character is drawn (U+FE0E, U+FE0F, behind emoji) does not: it is named as a separator.

DROP TABLE articles_fts;
DROP TABLE captions_fts;

CREATE VIRTUAL TABLE articles_fts USING fts5 (
    body, headline, lead, captions, byline, headline_plain, text_plain, captions_plain, byline_plain, spellings, filters,
    content='articles_indexed', /* content="articles" lets sqlite-utils and Datasette find the index of articles */
    content_rowid='id', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc' separators '︎️'"
);

INSERT INTO articles_fts (articles_fts, rank)
VALUES ('rank', 'bm25(1.0, 10.0, 4.0, 1.5, 3.0, 5.0, 0.5, 0.75, 1.5, 0.5, 0.0)');

CREATE VIRTUAL TABLE captions_fts USING fts5 (
    captions, captions_plain, filters,
    content='articles_indexed', content_rowid='id',
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc' separators '︎️'"
);

INSERT INTO captions_fts (captions_fts, rank) VALUES ('rank', 'bm25(1.5, 0.75, 0.0)');
