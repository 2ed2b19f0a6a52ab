"""Schema changes from the command line, behind `make migrate` and its siblings."""
