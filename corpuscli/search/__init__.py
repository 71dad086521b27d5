"""Turn patterns into the articles, and the places in them, that match."""
