-- Pages that are asked for by sending a form.

CREATE TABLE forms (
    -- What is sent for a URL of the frontier that is asked for by POST: older pages of lists without URLs of their own.
    frontier_id INTEGER PRIMARY KEY REFERENCES frontier (id) ON DELETE CASCADE,
    made_at TEXT NOT NULL,                  -- when the page that holds the form was seen
    body TEXT NOT NULL                      -- url-encoded
);
