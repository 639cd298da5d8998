"""Pages that keep the practice running."""
