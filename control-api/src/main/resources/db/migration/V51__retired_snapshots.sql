-- What snapshots said of their files before they were expired; there while such files are in the table.
CREATE TABLE retired_snapshot (
    table_id     uuid NOT NULL,
    sequence     bigint NOT NULL,
    committed_at timestamptz NOT NULL,
    rows         bigint NOT NULL,
    raw_bytes    bigint NOT NULL,
    PRIMARY KEY (table_id, sequence)
);

-- Which tasks of a job such snapshots had published: they are never published again.
CREATE TABLE retired_publication (
    table_id uuid NOT NULL,
    job_id   uuid NOT NULL,
    tasks    text NOT NULL,
    rows     bigint NOT NULL,
    PRIMARY KEY (table_id, job_id)
);

-- Files that are to be removed as soon as the snapshots are gone; one removal a table at a time.
CREATE TABLE file_removal (
    table_id uuid PRIMARY KEY,
    body     jsonb NOT NULL
);
