"""Machinery that knows no feature: declaration of endpoints, transactions, principals, audit, outbox."""
