"""Moving a fleet in and out in bulk: files of rows that come in, and the whole fleet as files."""
