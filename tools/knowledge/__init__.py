"""Loading the articles of the knowledge base by hand."""
