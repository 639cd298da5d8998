"""Tieout: one reconciled set of cloud costs, looked at by everyone who must decide about it."""
