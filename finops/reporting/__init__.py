"""Reporting: what is handed on: statements to owners, journals to finance, tables to take away."""
