"""The CVD back end: a kit that knows no feature, and one folder per feature."""
