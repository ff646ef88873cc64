-- Asked for at every look at an export's run. The body has what was submitted in quotes of quotes.
ALTER TABLE job ADD COLUMN table_id uuid;
UPDATE job SET table_id = substring(body FROM '"tableId":"([0-9a-f-]{36})"')::uuid;
CREATE INDEX job_table ON job (table_id, created_at) WHERE NOT deleting;

-- Every column of a table may be exported.
DROP TABLE export_model;
