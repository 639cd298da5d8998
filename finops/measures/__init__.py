"""The language of numbers: every measure defined once, and one way to ask for it."""

from finops.measures.catalogue import MEASURES
from finops.measures.query import Answer
from finops.measures.query import ask
from finops.measures.query import Query
from finops.measures.receipt import Receipt

__all__ = ["MEASURES", "Answer", "Query", "Receipt", "ask"]
