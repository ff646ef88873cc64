-- What exports have committed, one row an interval; '-infinity' is the beginning of time.
CREATE TABLE export_ledger (
    export_id      uuid NOT NULL REFERENCES export ON DELETE CASCADE,
    interval_start timestamptz NOT NULL,
    interval_end   timestamptz NOT NULL,
    run_id         uuid NOT NULL,
    body           jsonb NOT NULL,
    PRIMARY KEY (export_id, interval_start, interval_end)
);
CREATE INDEX export_ledger_run ON export_ledger (run_id);

-- Where messages about an export go, and those that have not been delivered.
CREATE TABLE export_alert (
    export_id uuid PRIMARY KEY REFERENCES export ON DELETE CASCADE,
    body      jsonb NOT NULL
);

CREATE TABLE export_alert_message (
    id        uuid PRIMARY KEY,
    export_id uuid NOT NULL REFERENCES export ON DELETE CASCADE,
    body      jsonb NOT NULL
);
