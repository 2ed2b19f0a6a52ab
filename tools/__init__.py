"""What a developer's machine and CI run; nothing here ships."""
