"""Looking at DEX files by hand."""
