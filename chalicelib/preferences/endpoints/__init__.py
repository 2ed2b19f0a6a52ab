"""The routes of what the browser keeps with us."""
