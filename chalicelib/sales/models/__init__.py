"""Sales, reports and figures, as stored and as told."""
