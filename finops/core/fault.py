"""Named crash points: where a test may kill the process, to show that nothing is left half done."""

from __future__ import annotations

import os
import signal

IMPORT = (
    "import:file-read",
    "import:staged",
    "import:validated",
    "import:part-written",
    "import:rolled-up",
    "import:compared",
    "import:adjusted",
    "import:before-delta",
    "import:after-delta",
    "import:before-records",
    "import:after-records",
    "import:before-cleanup",
)
"""The points of an import, in the order in which it passes them."""

CLOSE = (
    "close:before-request",
    "close:after-request",
    "close:before-approval",
    "close:after-approval",
    "close:before-seal",
    "close:after-seal",
)
"""The points of a close; each `before` is inside its transaction, each `after` behind it."""

REOPEN = (
    "reopen:before-request",
    "reopen:after-request",
    "reopen:before-approval",
    "reopen:after-approval",
)
"""The points of a reopening, likewise."""

RULES = (
    "rules:before-version",
    "rules:before-remap",
    "rules:before-records",
    "rules:after-records",
)
"""The points of a publication of rules; the last is behind its transaction."""

POINTS = (*IMPORT, *CLOSE, *REOPEN, *RULES)
"""Every point there is."""


def point(name: str) -> None:
    """Die here, as `kill -9` would, if FINOPS_FAULT names this point; else do nothing."""
    if os.environ.get("FINOPS_FAULT") == name:
        os.kill(os.getpid(), signal.SIGKILL)
