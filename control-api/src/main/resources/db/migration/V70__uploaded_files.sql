-- Files that callers have uploaded to load them; their contents are objects of the storage.
CREATE TABLE uploaded_file (
    id               uuid PRIMARY KEY,
    project_id       uuid NOT NULL REFERENCES catalog_object ON DELETE CASCADE,
    name             text NOT NULL,
    size_bytes       bigint NOT NULL,
    data_format      text NOT NULL,
    compression      text NOT NULL,
    md5              text NOT NULL,
    uploaded_by_id   uuid NOT NULL,
    uploaded_by_name text NOT NULL,
    uploaded_at      timestamptz NOT NULL,
    UNIQUE (project_id, name)
);
