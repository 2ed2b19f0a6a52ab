"""Monitoring: who is on the system and does what, what is suspicious, the audit trail, settings and retention."""
