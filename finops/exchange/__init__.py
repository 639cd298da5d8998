"""Rates of exchange: how they come in, and how an amount is told in another currency."""
