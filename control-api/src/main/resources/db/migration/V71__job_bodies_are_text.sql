-- JSON that is only stored and read as a whole. jsonb cannot hold U+0000, which expressions may
-- name and data that a request brings along may have.
ALTER TABLE job ALTER COLUMN body TYPE text USING body::text;
