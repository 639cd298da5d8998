"""Certificate: what a closed month was, for people and machines, with all that proves it.

A certificate is five files: the seal's text, the same as a page, the month's charges, the questions
whose answers the totals are, and the hash of each. Packed, they are one zip with nothing in it that
could differ: files stored in this order, of one date, so that the same files give the same bytes.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

from finops.access.scope import viewer_of
from finops.dataset import extract
from finops.dataset.sql import parse
from finops.errors import NotAllowed
from finops.errors import UsageError
from finops.invoicing.certificate_page import page
from finops.invoicing.totals import of_month
from finops.invoicing.totals import question
from finops.records.closings import closing_of
from finops.records.closings import closings
from finops.records.closings import steps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finops.access.actor import Actor
    from finops.access.workspace import Workspace

JSON, HTML, CHARGES, SQL, HASHES = (
    "certificate.json",
    "certificate.html",
    "charges.parquet",
    "totals.sql",
    "SHA256SUMS",
)
MEMBERS = (JSON, HTML, CHARGES, SQL, HASHES)

_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """The seal of a closed month and the canonical JSON that it is the digest of."""

    seal: str
    body: str

    @property
    def told(self) -> dict[str, Any]:
        """What the seal says, as a document."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def text(self) -> str:
        """The document that stands in the zip: the seal, and what it is the digest of."""
        told = {"seal": self.seal, "body": self.told}
        return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @property
    def html(self) -> str:
        """The same for people."""
        return page(self.seal, self.told)

    @property
    def sql(self) -> str:
        """The questions, one for each dimension that is added up."""
        return questions(self.told["totals"])


def certificate(workspace: Workspace, month: str, *, provider: str = "") -> Certificate:
    """The certificate of a closed month, for the company or for one issuer.

    Raises:
        UsageError: the month is not closed.
    """
    with workspace.store.reading() as session:
        closing = closing_of(closings(session), month, provider)
        sealed = {row.seal: row.body for row in steps(session) if row.body}
    if closing is None or not closing.bound or closing.seal not in sealed:
        message = f"{f'{month} {provider}'.strip()} is not closed, so nothing is certified."
        raise UsageError(message, remedy=f"Close it with `finops close {month}`.")
    return Certificate(seal=closing.seal, body=sealed[closing.seal])


def packed(workspace: Workspace, found: Certificate, *, actor: Actor) -> bytes:
    """The certificate with the month's charges, as one zip; the same bytes each time.

    Every column is part of the order, for only charges alike in all change places unseen.

    Raises:
        NotAllowed: the actor may not see every charge.
    """
    viewer, told = viewer_of(actor), found.told
    if viewer.limited:
        message = f"{actor.name} may not see every charge of {told['month']}."
        raise NotAllowed(message)
    dataset = workspace.dataset(viewer, as_of=told["snapshot"].partition("-")[0])
    where = of_month(told["month"], told["provider"])
    asked = parse(f"SELECT * FROM lines WHERE {where} ORDER BY ALL")  # noqa: S608 -- parsed
    with tempfile.TemporaryDirectory(prefix="certificate-") as folder:
        target = Path(folder, CHARGES)
        extract.write(dataset, asked, target)
        return pack(
            {
                JSON: found.text.encode(),
                HTML: found.html.encode(),
                CHARGES: target.read_bytes(),
                SQL: found.sql.encode(),
            }
        )


def pack(files: Mapping[str, bytes]) -> bytes:
    """The zip of these files and of their hashes; the same files give the same bytes."""
    complete = {**files, HASHES: hashes(files).encode()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in MEMBERS:
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, complete[name])
    return buffer.getvalue()


def hashes(files: Mapping[str, bytes]) -> str:
    """The SHA-256 of each file, as `sha256sum -c` reads them."""
    named = ((name, files[name]) for name in MEMBERS if name != HASHES)
    return "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in named)


def questions(dimensions: Mapping[str, object]) -> str:
    """The fixed questions of these dimensions, as one text."""
    return "".join(f"{question(name, extract.RELATION)};\n" for name in sorted(dimensions))
