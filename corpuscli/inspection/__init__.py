"""Find out what commands report about articles: check, stats, diff, duplicates, selection."""
