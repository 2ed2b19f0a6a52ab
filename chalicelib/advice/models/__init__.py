"""What is asked of advice, and what it answers."""
