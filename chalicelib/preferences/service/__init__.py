"""What can be kept, reported and counted, a module for each."""
