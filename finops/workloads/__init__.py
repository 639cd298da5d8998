"""Workloads: waste in what runs, found by rules, priced from the bill, and worked off."""
