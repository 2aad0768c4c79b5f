-- Articles that another program has edited.

CREATE TABLE articles_unfolded (
    -- Articles edited by other programs, whose folded text is made anew when the archive is next opened to be written.
    article_id INTEGER PRIMARY KEY
);
