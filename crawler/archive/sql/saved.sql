-- A query that FTS5 refuses would break new_hits for every saved search: it is tried when it is entered.

CREATE TRIGGER saved_searches_insert BEFORE INSERT ON saved_searches BEGIN
    SELECT 1 FROM articles_fts WHERE articles_fts MATCH new.query LIMIT 1;
END;
CREATE TRIGGER saved_searches_update BEFORE UPDATE OF query ON saved_searches BEGIN
    SELECT 1 FROM articles_fts WHERE articles_fts MATCH new.query LIMIT 1;
END;
