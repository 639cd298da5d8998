"""Budgeting: what was planned beside what it costs."""
