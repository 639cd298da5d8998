"""Apart: an import in a process of its own, so that no file can take the portal down with it.

To the engine a file that makes it crash is a bug; a file from a browser may be an attack. The
process is bounded in memory and time, and tells what it does line by line as JSON.
"""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

from finops import errors
from finops.access.actor import Actor
from finops.access.bounded import bound
from finops.access.roles import Role
from finops.access.workspace import open_workspace
from finops.config import load_settings
from finops.core.finding import Finding
from finops.dataset.snapshot import Sums
from finops.ingestion import ingest
from finops.ingestion.commit import Mode
from finops.ingestion.report import ImportReport
from finops.ingestion.report import Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

_BROKEN = (
    "The import ended before it could say how; most likely the file is broken in a way that "
    "stops the reader."
)
_LOOK = "The imports below show whether it is in; if not, nothing was changed."


@dataclasses.dataclass(frozen=True, kw_only=True)
class Request:
    """What is to be imported into which workspace, by whom, when, and how."""

    workspace: Path
    sources: tuple[str, ...]
    actor: Actor
    at: datetime
    key: str
    origin: str
    options: ingest.Options

    def to_json(self) -> str:
        """The request as it is handed over."""
        return json.dumps(
            dataclasses.asdict(self)
            | {"workspace": str(self.workspace), "at": self.at.isoformat()}
            | {"actor": [self.actor.name, *sorted(self.actor.roles)]}
        )

    @classmethod
    def from_json(cls, text: str) -> Request:
        """The request as it was handed over."""
        body = json.loads(text)
        name, *roles = body["actor"]
        options = body["options"] | {"mode": Mode(body["options"]["mode"])}
        told = {
            "workspace": Path(body["workspace"]),
            "sources": tuple(body["sources"]),
            "actor": Actor(name, frozenset(map(Role, roles))),
            "at": datetime.fromisoformat(body["at"]),
            "options": ingest.Options(**options),
        }
        return cls(**(body | told))


def run(request: Request, progress: ingest.Progress) -> tuple[ImportReport, ...]:
    """Import in another process; `progress` is told what is being done, and how far it is.

    Raises:
        TieoutError: what the import raised.
        ImportRefused: the process ended without a word.
    """
    words = [sys.executable, "-m", "finops.ingestion.apart"]
    with subprocess.Popen(  # noqa: S603 -- our own words, no shell
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        if process.stdin is None or process.stdout is None:  # as typed; both are asked for
            raise errors.ImportRefused(_BROKEN, remedy=_LOOK)
        process.stdin.write(request.to_json())
        process.stdin.close()
        for said in map(json.loads, process.stdout):
            if "error" in said:
                raise getattr(errors, said["error"])(said["message"], remedy=said["remedy"])
            if "reports" in said:
                return tuple(map(_report, said["reports"]))
            progress(said["doing"], said["share"])
    raise errors.ImportRefused(_BROKEN, remedy=_LOOK)


def main() -> None:
    """Do what standard input asks for, within bounds, and tell it on standard output."""
    bound()
    for said in _done(Request.from_json(sys.stdin.read())):
        _say(said)


def _done(request: Request) -> Iterator[dict[str, object]]:
    settings = load_settings(request.workspace)
    workspace = open_workspace(settings.workspace, url=settings.records_url)
    try:
        reports = ingest.run(
            workspace,
            request.sources,
            actor=request.actor,
            at=request.at,
            key=request.key,
            origin=request.origin,
            options=request.options,
            progress=lambda doing, share: _say({"doing": doing, "share": share}),
        )
        yield {"reports": [dataclasses.asdict(report) for report in reports]}
    except errors.TieoutError as error:
        yield {"error": type(error).__name__, "message": str(error), "remedy": error.remedy}
    finally:
        workspace.close()


def _say(said: dict[str, object]) -> None:
    print(json.dumps(said, default=str), flush=True)  # noqa: T201 -- how it talks to its parent


def _report(body: dict[str, Any]) -> ImportReport:
    findings, sums = ("rejected_rows", "findings"), body["sums"]
    told: dict[str, Any] = {
        "status": Status(body["status"]),
        **{name: tuple(Finding(**one) for one in body[name]) for name in findings},
        "sums": tuple(Sums(currency=s["currency"], amounts=_amounts(s["amounts"])) for s in sums),
        **{name: _amounts(body[name]) for name in ("left_out", "beyond")},
        **{name: tuple(body[name]) for name in ("billing_periods", "absent_columns")},
    }
    return ImportReport(**(body | told))


def _amounts(told: Sequence[tuple[str, str]]) -> tuple[tuple[str, Decimal], ...]:
    return tuple((name, Decimal(amount)) for name, amount in told)


if __name__ == "__main__":
    main()
