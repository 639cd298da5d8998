"""The demo company: a made-up business whose bills, and the truth about them, are known."""

from finops.demo.build import generate

__all__ = ["generate"]
