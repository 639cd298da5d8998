"""Savings: from what somebody found, over a frozen baseline, to credit on a closed month's bill."""
