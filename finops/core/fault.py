"""Named crash points: where a test may kill the process, to show that nothing is left half done."""

from __future__ import annotations

import os
import signal

POINTS = (
    "import:file-read",
    "import:staged",
    "import:validated",
    "import:part-written",
    "import:rolled-up",
    "import:before-delta",
    "import:after-delta",
    "import:before-records",
    "import:after-records",
    "import:before-cleanup",
)
"""Every point, in the order in which an import passes them."""


def point(name: str) -> None:
    """Die here, as `kill -9` would, if FINOPS_FAULT names this point; else do nothing."""
    if os.environ.get("FINOPS_FAULT") == name:
        os.kill(os.getpid(), signal.SIGKILL)
