"""Unit economics: what a unit costs, why, and what would change it."""
