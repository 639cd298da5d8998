"""The command line: every command is one small function, listed in `finops.cli.app`."""

from __future__ import annotations


def main() -> None:
    """Run `finops` with the words it was called with, and leave with its exit code."""
    import sys

    from finops.cli.outcome import run

    sys.exit(run(sys.argv[1:]))
