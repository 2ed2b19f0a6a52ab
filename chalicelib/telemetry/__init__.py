"""DEX reads, interval sales and partner feeds."""
