-- The job that a caller's key stands for, claimed before the job is made.
CREATE TABLE submission (
    organization_id uuid NOT NULL,
    key             text NOT NULL,
    job_id          uuid NOT NULL,
    body_sha256     text NOT NULL,
    at              timestamptz NOT NULL,
    PRIMARY KEY (organization_id, key)
);
