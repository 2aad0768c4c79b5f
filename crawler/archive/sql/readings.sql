-- An edit by the portal is told between two readings of the same extractor: what was read anew later does not part them.

DROP VIEW changes;
CREATE VIEW changes AS
-- Each edit: how much of one and word by word ([-gone-] {+new+}), and what the article said before and after.
SELECT new.article_id, new.number, new.seen_from AS seen_at, new.edit, new.difference, new.made_by,
       portals.slug AS portal, articles.url,
       old.headline AS old_headline, new.headline AS new_headline,
       old.published_at AS old_published_at, new.published_at AS new_published_at,
       old.byline AS old_byline, new.byline AS new_byline,
       old.lead AS old_lead, new.lead AS new_lead,
       old.captions AS old_captions, new.captions AS new_captions,
       old.body AS old_body, new.body AS new_body
FROM versions AS new
JOIN versions AS old ON old.article_id = new.article_id AND old.number = (
    SELECT max(number) FROM versions AS earlier WHERE earlier.article_id = new.article_id
    AND earlier.number < new.number AND (earlier.made_by = 'portal' OR earlier.rowid < new.rowid)
)
JOIN articles ON articles.id = new.article_id
JOIN portals ON portals.id = articles.portal_id
WHERE new.number > 1;
