"""What the knowledge base and the assistant take and answer."""
