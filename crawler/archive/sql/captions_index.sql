-- A phrase of frequent words, as names are, has the index read all articles that have one of them: captions are a twentieth
-- of the text, and have an index of their own.

CREATE VIRTUAL TABLE captions_fts USING fts5 (
    captions, captions_plain, filters,
    content='articles_indexed', content_rowid='id', tokenize='unicode61 remove_diacritics 0'
);

INSERT INTO captions_fts (captions_fts, rank) VALUES ('rank', 'bm25(1.5, 0.75, 0.0)');
