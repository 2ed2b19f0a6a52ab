"""The schema that this code needs; a test holds it to the newest migration."""

REVISION = "0029"
