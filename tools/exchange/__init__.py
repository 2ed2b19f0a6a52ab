"""Proving the exchange: a large file with bad rows in it, twice, cut off, out and in again."""
