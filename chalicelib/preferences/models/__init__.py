"""What a browser sends to be kept, and what it gets back."""
