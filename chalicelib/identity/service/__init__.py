"""What identity does, one module for each thing a person or an admin wants done."""
