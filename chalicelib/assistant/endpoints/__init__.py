"""The routes of the knowledge base and the assistant."""
