"""The one reconciled dataset: what it is made of, how it is changed, and how it is read."""

from finops.dataset.read import Dataset
from finops.dataset.read import open_dataset
from finops.dataset.snapshot import Part
from finops.dataset.snapshot import Snapshot

__all__ = ["Dataset", "Part", "Snapshot", "open_dataset"]
