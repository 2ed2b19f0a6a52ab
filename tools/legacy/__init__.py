"""The importer of legacy SQLite databases into the target's PostgreSQL (docs/spec/legacy-db.md)."""
