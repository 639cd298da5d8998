"""The one reconciled dataset: what it is made of, how it is changed, and how it is read."""
