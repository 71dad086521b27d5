"""Read the user's own defaults, and TOML files with the place of each fault."""
