CREATE TABLE organization (
    id         uuid PRIMARY KEY,
    name       text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL
);

CREATE TABLE api_key (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    name            text NOT NULL,
    key_sha256      text NOT NULL UNIQUE,
    created_at      timestamptz NOT NULL
);

-- Projects, tables, transforms and connections: what a dialect shows is its own document.
CREATE TABLE catalog_object (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    kind            text NOT NULL,
    parent_id       uuid NOT NULL,
    name            text NOT NULL,
    description     text,
    document        jsonb NOT NULL,
    secret          text,
    created_at      timestamptz NOT NULL,
    modified_at     timestamptz NOT NULL,
    UNIQUE (kind, parent_id, name)
);
CREATE INDEX catalog_object_parent ON catalog_object (organization_id, kind, parent_id);
