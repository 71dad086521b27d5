"""Read raw dumps of scraped news pages: where each article starts, what it says, and why."""

__version__ = "0.1.0"
