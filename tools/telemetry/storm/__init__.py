"""The same reads delivered three times, in random order, by twenty senders over HTTP: every one has one effect.

    python -m tools.telemetry storm --reads 10000 --workers 20

Two stands are built one after the other, each with a PostgreSQL, a local cloud, `chalice local` and queue workers of
its own. The first gets every read once and in order; the second gets the storm. What both have on their books at the
end is compared byte by byte.
"""
