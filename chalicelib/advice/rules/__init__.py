"""The arithmetic of advice (domain.md 7.12 to 7.15). Rows and columns count from 1 at the top left."""
