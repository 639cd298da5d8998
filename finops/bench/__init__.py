"""The benchmark: the product and the bare tools it stands on, side by side in one run."""
