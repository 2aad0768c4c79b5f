-- Whether a new article is one that other rows wait for is looked up in every table that refers to articles: without this
-- index all stories were read for every article.

CREATE INDEX stories_head ON stories (head_id);
