"""Running the system: health, migrations, schedules, and the description of the API."""
