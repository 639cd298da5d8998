"""Invoicing & Chargeback: invoices = usage = commitments, and a name for every difference."""

from finops.invoicing.books import Books
from finops.invoicing.books import books_of
from finops.invoicing.reconciliation import reconcile
from finops.invoicing.reconciliation import Reconciliation

__all__ = ["Books", "Reconciliation", "books_of", "reconcile"]
