"""The steps of an import, each one area of the schema."""
