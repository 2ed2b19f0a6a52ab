"""Pure rules of partners: the catalogue of events, targets, retries."""
