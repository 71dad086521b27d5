"""Define the fields of every record once, with their JSON Schema and their Arrow columns."""
