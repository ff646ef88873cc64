-- Who did what to projects, tables, transforms and connections; never changed.
CREATE TABLE catalog_event (
    number          bigserial PRIMARY KEY,
    organization_id uuid NOT NULL,
    object_id       uuid NOT NULL,
    at              timestamptz NOT NULL,
    who_id          uuid NOT NULL,
    who             text NOT NULL,
    action          text NOT NULL
);
CREATE INDEX catalog_event_object ON catalog_event (object_id, number);
