"""The catalogue of events as files, and the check that no change of it breaks a receiver."""
