"""Pages to optimize: what to change, and what it brings."""
