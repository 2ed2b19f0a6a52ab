"""The knowledge base, and the assistant that answers from it and from the fleet's own data."""
