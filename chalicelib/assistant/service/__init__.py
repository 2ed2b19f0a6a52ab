"""Reading and loading the knowledge base, and answering questions."""
