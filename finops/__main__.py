"""`python -m finops` is the command `finops`."""

from __future__ import annotations

from finops.cli import main

if __name__ == "__main__":
    main()
