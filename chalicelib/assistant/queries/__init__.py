"""The SQL of the knowledge base and the assistant."""
