-- Views for readers.

CREATE VIEW news AS
-- A readable list of all articles, latest first.
SELECT articles.id, published_at, portals.slug AS portal, headline, byline, articles.unit, section, words,
       versions, verdict, articles.url
FROM articles JOIN portals ON portals.id = articles.portal_id
ORDER BY published_at DESC;

CREATE VIEW search AS
-- Full-text search: select * from search where query = '"móng cái" đại hội' order by rank limit 20
SELECT articles.id, published_at, portals.slug AS portal, articles.headline,
       snippet(articles_fts, 2, '[', ']', '…', 24) AS snippet,
       articles.byline, articles.url, articles_fts.rank AS rank, articles_fts AS query
FROM articles_fts
JOIN articles ON articles.id = articles_fts.rowid
JOIN portals ON portals.id = articles.portal_id;

CREATE VIEW photo_captions AS
-- Every caption with its picture and article.
SELECT images.article_id, images.number, caption, credit, alt, images.url, articles.published_at,
       portals.slug AS portal, articles.headline, articles.url AS article_url
FROM images
JOIN articles ON articles.id = images.article_id
JOIN portals ON portals.id = articles.portal_id
WHERE caption IS NOT NULL;

CREATE VIEW changes AS
-- Each edit: what an article said before and after.
SELECT new.article_id, new.number, new.seen_from AS seen_at, new.edit, new.made_by, portals.slug AS portal, articles.url,
       old.headline AS old_headline, new.headline AS new_headline,
       old.published_at AS old_published_at, new.published_at AS new_published_at,
       old.byline AS old_byline, new.byline AS new_byline,
       old.lead AS old_lead, new.lead AS new_lead,
       old.captions AS old_captions, new.captions AS new_captions,
       old.body AS old_body, new.body AS new_body
FROM versions AS new
JOIN versions AS old ON old.article_id = new.article_id AND old.number = new.number - 1
JOIN articles ON articles.id = new.article_id
JOIN portals ON portals.id = articles.portal_id;

CREATE VIEW removals AS
-- Articles that the portal no longer shows; nothing is deleted here.
SELECT articles.id, portals.slug AS portal, articles.verdict, verdicts.seen_at AS removed_at, articles.last_seen_at,
       articles.published_at, articles.headline, articles.url,
       captures.status, captures.warc, captures."offset"
FROM articles
JOIN portals ON portals.id = articles.portal_id
LEFT JOIN verdicts ON verdicts.article_id = articles.id
    AND verdicts.seen_at = (SELECT max(seen_at) FROM verdicts AS later WHERE later.article_id = articles.id)
LEFT JOIN captures ON captures.id = verdicts.capture_id
WHERE articles.verdict <> 'live';

CREATE VIEW reposts AS
-- Each copy of a text beside the one that was published first.
SELECT stories.id AS story_id, head.id AS first_id, first_portals.slug AS first_portal,
       head.published_at AS first_published_at, head.headline AS first_headline,
       copy.id AS copy_id, copy_portals.slug AS copy_portal, copy.published_at AS copy_published_at,
       copy.headline AS copy_headline, copy.url AS copy_url,
       (SELECT max(similarity) FROM story_matches
        WHERE (article_id = copy.id AND other_id = head.id) OR (article_id = head.id AND other_id = copy.id)
       ) AS similarity
FROM stories
JOIN articles AS head ON head.id = stories.head_id
JOIN portals AS first_portals ON first_portals.id = head.portal_id
JOIN articles AS copy ON copy.story_id = stories.id AND copy.id <> head.id
JOIN portals AS copy_portals ON copy_portals.id = copy.portal_id;

CREATE VIEW people_in_bylines AS
-- Who signs, how often, first and last.
SELECT people.id, people.name, people.kind, count(DISTINCT bylines.article_id) AS articles,
       min(articles.published_at) AS first_published_at, max(articles.published_at) AS last_published_at
FROM people
JOIN bylines ON bylines.person_id = people.id
JOIN articles ON articles.id = bylines.article_id
GROUP BY people.id;

CREATE VIEW citations AS
-- Each article with its evidence: the capture that proves what it says.
SELECT articles.id, articles.headline, articles.byline, portals.name AS portal_name, articles.published_at, articles.url,
       captures.captured_at, captures.digest, captures.warc, captures."offset", captures.length, captures.source,
       coalesce(articles.byline || ': ', '') || '“' || coalesce(articles.headline, articles.url) || '”, '
       || portals.name || coalesce(', ' || articles.published_at, '') || ', ' || articles.url
       || coalesce(' (captured ' || captures.captured_at || ', ' || captures.digest || ')', '') AS citation
FROM articles
JOIN portals ON portals.id = articles.portal_id
LEFT JOIN captures ON captures.id = articles.capture_id;

CREATE VIEW new_hits AS
-- What saved searches find among the articles stored since they were last looked at.
SELECT saved_searches.name AS search, articles.id, articles.first_seen_at, articles.published_at,
       portals.slug AS portal, articles.headline, articles.url
FROM saved_searches
JOIN articles_fts ON articles_fts MATCH saved_searches.query
JOIN articles ON articles.id = articles_fts.rowid AND articles.id > saved_searches.seen_up_to
JOIN portals ON portals.id = articles.portal_id;

CREATE VIEW portal_health AS
-- How each portal is: its articles, its frontier and its last crawl.
SELECT portals.slug AS portal, portals.name,
       (SELECT count(*) FROM articles WHERE portal_id = portals.id) AS articles,
       (SELECT max(first_seen_at) FROM articles WHERE portal_id = portals.id) AS last_new_article_at,
       (SELECT count(*) FROM frontier WHERE portal_id = portals.id AND state IN ('waiting', 'leased')) AS frontier,
       (SELECT count(*) FROM frontier WHERE portal_id = portals.id AND state = 'dead') AS dead,
       last.started_at AS last_crawl_at, last.finished_at AS last_crawl_finished_at, last.outcome AS last_outcome,
       last.counts AS last_counts,
       (SELECT count(*) FROM captures WHERE crawl_id = last.id) AS last_captures,
       (SELECT count(*) FROM captures WHERE crawl_id = last.id AND (status = 0 OR status >= 400)) AS last_errors
FROM portals
LEFT JOIN crawls AS last ON last.id = (SELECT max(id) FROM crawls WHERE portal_id = portals.id);
