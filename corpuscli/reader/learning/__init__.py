"""Learning a layout from a dump: what comes back on every page, and what is between."""
