"""Drafts: what somebody has begun to write, kept until it is sent, and offered when they are back.

One file for each person and form, below `drafts` in the workspace. A draft is nobody's word yet:
it is not on the record, and only its writer gets it back. It keeps the key under which its form is
sent, so that what was sent just before a tab closed or a server stopped is not written twice.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from tempfile import NamedTemporaryFile
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.records import audit

if TYPE_CHECKING:
    from pathlib import Path

    from finops.records.store import Store

FOLDER = "drafts"


class Draft(NamedTuple):
    """What was typed, by field, and the version of the entry that it was begun from.

    `key` names the form that it was typed in; `sent` is the key of the command that it was last
    sent with, if it was.
    """

    said: dict[str, str]
    version: int = 0
    key: str = ""
    sent: str = ""


def keep(root: Path, who: str, form: str, draft: Draft) -> None:
    """Keep what somebody has typed so far; whole or not at all."""
    path = _path(root, who, form)
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
        json.dump(draft._asdict(), file)
    os.replace(file.name, path)  # noqa: PTH105 -- one step, which a crash cannot halve


def find(root: Path, who: str, form: str) -> Draft | None:
    """What that person had begun to write there; None where there is nothing readable."""
    try:
        told = json.loads(_path(root, who, form).read_text("utf-8"))
        said = {str(name): str(text) for name, text in told["said"].items()}
        keys = (str(told.get(name, "")) for name in ("key", "sent"))
        return Draft(said, int(told["version"]), *keys)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def arrived(store: Store, draft: Draft) -> bool:
    """Whether what was sent with a draft took effect, though nobody was left to say so."""
    if not draft.sent:
        return False
    with store.reading() as session:
        return audit.find(session, draft.sent) is not None


def drop(root: Path, who: str, form: str) -> None:
    """Forget it: it has been sent, or is not wanted any more."""
    _path(root, who, form).unlink(missing_ok=True)


def _path(root: Path, who: str, form: str) -> Path:
    return root / FOLDER / f"{sha256(f'{who}|{form}'.encode()).hexdigest()[:32]}.json"
