"""Pages of one persona each."""
