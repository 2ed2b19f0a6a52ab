"""The specification against the tests: what has to be proven, and what proves it."""
