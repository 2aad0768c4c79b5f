-- A saved search from before queries were tried: what FTS5 refuses is set aside, and the others answer.

ALTER TABLE saved_searches ADD COLUMN refused TEXT;    -- why FTS5 refuses the query, which is not asked then

CREATE TRIGGER saved_searches_corrected AFTER UPDATE OF query ON saved_searches BEGIN
    UPDATE saved_searches SET refused = NULL WHERE id = new.id;
END;

DROP VIEW new_hits;
CREATE VIEW new_hits AS
-- What saved searches find among the articles stored since they were last looked at.
SELECT saved_searches.name AS search, articles.id, articles.first_seen_at, articles.published_at,
       portals.slug AS portal, articles.headline, articles.url
FROM saved_searches
JOIN articles_fts ON articles_fts MATCH saved_searches.query AND articles_fts.rowid > saved_searches.seen_up_to
JOIN articles ON articles.id = articles_fts.rowid
JOIN portals ON portals.id = articles.portal_id
WHERE saved_searches.refused IS NULL;
