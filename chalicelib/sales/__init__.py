"""Sales: the facts, their daily rollup, and the reports and figures made of it."""
