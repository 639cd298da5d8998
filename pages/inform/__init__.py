"""Pages that inform: what the bills say, and whether they hold."""
