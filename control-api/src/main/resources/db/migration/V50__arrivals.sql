-- Which server looks for arrivals.
CREATE TABLE arrival_lead (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    server  uuid NOT NULL,
    expires timestamptz NOT NULL
);

-- Feeds that are watched.
CREATE TABLE arrival_watch (
    organization_id uuid NOT NULL,
    feed            text NOT NULL,
    since           timestamptz NOT NULL,
    baselined       boolean NOT NULL DEFAULT false,
    unmatched       bigint NOT NULL DEFAULT 0,
    answered_at     timestamptz,
    failed_at       timestamptz,
    last_error      text,
    PRIMARY KEY (organization_id, feed)
);

-- What a job without an end is fed with; the id is the job's.
CREATE TABLE arrival_stream (
    number          bigserial,
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    table_id        uuid NOT NULL,
    entry           text NOT NULL,
    bucket          text NOT NULL,
    next_segment    integer NOT NULL DEFAULT 0,
    next_task       integer NOT NULL DEFAULT 0,
    highest_settled integer NOT NULL DEFAULT -1,
    counts          jsonb NOT NULL,
    loaded_at       timestamptz,
    last_error      text,
    UNIQUE (organization_id, table_id, entry, bucket)
);

-- Each object once, whoever tells of it. In the order in which S3 lists keys. Without a stream: it was there before.
CREATE TABLE arrival (
    organization_id uuid NOT NULL,
    url             text COLLATE "C" NOT NULL,
    etag            text NOT NULL,
    queued          boolean NOT NULL,
    taken_at        timestamptz NOT NULL,
    stream_id       uuid,
    task            integer,
    PRIMARY KEY (organization_id, url, etag)
);
CREATE INDEX arrival_task_of ON arrival (stream_id, task);
CREATE INDEX arrival_queued ON arrival (taken_at) WHERE queued;

-- Tasks that are not in their table yet.
CREATE TABLE arrival_task (
    stream_id  uuid NOT NULL REFERENCES arrival_stream ON DELETE CASCADE,
    task       integer NOT NULL,
    objects    integer NOT NULL,
    taken_at   timestamptz NOT NULL,
    planned_at timestamptz NOT NULL,
    body       jsonb NOT NULL,
    PRIMARY KEY (stream_id, task)
);

-- Parts of plans until they are in their job's folder.
CREATE TABLE arrival_segment (
    stream_id uuid NOT NULL REFERENCES arrival_stream ON DELETE CASCADE,
    segment   integer NOT NULL,
    body      jsonb NOT NULL,
    PRIMARY KEY (stream_id, segment)
);
