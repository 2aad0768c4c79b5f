-- Who signs most is counted without reading the articles, and when without reading their texts.

CREATE INDEX articles_dates ON articles (id, published_at);

DROP VIEW people_in_bylines;
CREATE VIEW people_in_bylines AS
-- Who signs, how often, first and last.
SELECT people.id, people.name, people.kind,
       (SELECT count(DISTINCT article_id) FROM bylines WHERE person_id = people.id) AS articles,
       (SELECT min(published_at) FROM bylines CROSS JOIN articles INDEXED BY articles_dates
        ON articles.id = article_id WHERE person_id = people.id) AS first_published_at,
       (SELECT max(published_at) FROM bylines CROSS JOIN articles INDEXED BY articles_dates
        ON articles.id = article_id WHERE person_id = people.id) AS last_published_at
FROM people
WHERE EXISTS (SELECT 1 FROM bylines WHERE person_id = people.id);
