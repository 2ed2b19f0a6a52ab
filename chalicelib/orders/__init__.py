"""Service orders: planning them, driving them, and what was delivered."""
