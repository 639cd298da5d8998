"""Allocation: whose a cost is, by rules that everyone can read, preview and date."""
