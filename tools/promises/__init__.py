"""What the API has promised to its callers: kept as a file, and held against the description of today."""
