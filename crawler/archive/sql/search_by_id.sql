-- The view's id is the index's own: hits in the order of their ids come one by one as the index has them, and who wants
-- the latest twenty of a frequent word waits for twenty and not for all.

DROP VIEW search;

CREATE VIEW search AS
-- Full-text search: select * from search where query = '"móng cái" đại hội' order by rank limit 20
SELECT articles_fts.rowid AS id, published_at, portals.slug AS portal, articles.headline,
       snippet(articles_fts, 0, '[', ']', '…', 24) AS snippet,
       articles.byline, articles.url, articles_fts.rank AS rank, articles_fts AS query
FROM articles_fts
JOIN articles ON articles.id = articles_fts.rowid
JOIN portals ON portals.id = articles.portal_id;
