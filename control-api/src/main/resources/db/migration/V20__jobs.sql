CREATE TABLE job (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    name            text NOT NULL,
    state           text NOT NULL,
    deleting        boolean NOT NULL DEFAULT false,
    created_at      timestamptz NOT NULL,
    version         bigint NOT NULL,
    body            jsonb NOT NULL
);
-- A deleted job frees its name at once, while it is still being stopped.
CREATE UNIQUE INDEX job_name ON job (organization_id, name) WHERE NOT deleting;
CREATE INDEX job_active ON job (created_at) WHERE state NOT IN ('FINISHED', 'FAILED', 'CANCELED') OR deleting;

-- Who did what, and what became of it; never changed.
CREATE TABLE job_event (
    number          bigserial PRIMARY KEY,
    job_id          uuid NOT NULL,
    organization_id uuid NOT NULL,
    at              timestamptz NOT NULL,
    who             text NOT NULL,
    what            text NOT NULL
);
CREATE INDEX job_event_job ON job_event (job_id, number);
