"""Proof: a certificate that somebody sent is proved again, on any machine, from itself alone.

The zip is held to be hostile until then: it must be, byte for byte, the one zip that its files
make; no question of it is ever asked, only our own; and every total is worked out anew from its
charges, in a process of its own. What differs is named.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.errors import InputError
from finops.invoicing import recount
from finops.invoicing.certificate import Certificate
from finops.invoicing.certificate import CHARGES
from finops.invoicing.certificate import HASHES
from finops.invoicing.certificate import hashes
from finops.invoicing.certificate import HTML
from finops.invoicing.certificate import JSON
from finops.invoicing.certificate import MEMBERS
from finops.invoicing.certificate import pack
from finops.invoicing.certificate import SQL
from finops.records.canonical import canonical_json
from finops.records.canonical import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 8_000_000_000
_FIGURES = ("totals", "sources", "organization", "rates", "invoices", "commitments")
_UNPACKED = (ValueError, zipfile.BadZipFile, EOFError, RuntimeError, OverflowError)
"""What `zipfile` raises of an archive that is damaged or forged, where nothing in it is packed: a
name or a place that cannot be (ValueError), another structure (BadZipFile), an end that comes too
early (EOFError), a way of packing or locking that it does not know (RuntimeError, of which
NotImplementedError is one), and a place in 64 bits that is beyond every file (OverflowError).
What unpacking raises (`zlib.error`, `lzma.LZMAError`) cannot come: a packed file is refused before
it is read. It reads each structure at its full length, or says BadZipFile: no `struct.error`."""

_BEYOND = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
"""What a document may raise that has not the shape of a seal."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What was proved of a certificate; `differs` names each thing that is not as it should be."""

    seal: str
    month: str
    provider: str
    snapshot: str
    totals: int
    charges: int
    differs: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether everything is as the seal says."""
        return not self.differs


def prove(path: Path) -> Proof:
    """Prove a certificate again.

    Raises:
        InputError: the file cannot be read at all.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            message = f"{path.name} is too large to be a certificate."
            raise InputError(message)
        content = path.read_bytes()
    except OSError as error:
        message = f"{path.name} cannot be read: {error.strerror}."
        raise InputError(message) from error
    try:
        files = _files(content)
    except _UNPACKED as error:
        return _nothing(f"the archive is none that Tieout has packed: {error}")
    if differs := tuple(_packing(content, files)):
        return _nothing(*differs)
    try:
        told = json.loads(files[JSON])
        return _proved(files, Certificate(seal=told["seal"], body=canonical_json(told["body"])))
    except _BEYOND as error:
        return _nothing(f"{JSON}: it is no certificate ({type(error).__name__})")


def _proved(files: dict[str, bytes], found: Certificate) -> Proof:
    told = found.told
    differs = tuple(_texts(files, found))
    charges, wrong = recount.apart(files[CHARGES], told)
    return Proof(
        seal=found.seal,
        month=told["month"],
        provider=told["provider"],
        snapshot=told["snapshot"],
        totals=sum(len(one) for one in told["totals"].values()),
        charges=charges,
        differs=(*differs, *wrong),
    )


def _nothing(*differs: str) -> Proof:
    return Proof(seal="", month="", provider="", snapshot="", totals=0, charges=0, differs=differs)


def _files(content: bytes) -> dict[str, bytes]:
    """The files of a zip that holds just the five, stored; nothing is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if tuple(entry.filename for entry in entries) != MEMBERS:
            message = "it does not hold the five files of a certificate"
            raise ValueError(message)
        if any(entry.compress_type or entry.flag_bits & 1 for entry in entries):
            message = "its files are packed or locked"
            raise ValueError(message)
        return {entry.filename: _read(content, archive, entry) for entry in entries}


def _read(content: bytes, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """A stored file; where its check sum is wrong the bytes as they stand, for the hashes."""
    if entry.file_size > len(content):
        message = f"{entry.filename} is longer than the archive"
        raise ValueError(message)
    try:
        return archive.read(entry)
    except zipfile.BadZipFile:
        start = entry.header_offset + 30 + len(entry.filename)
        return content[start : start + entry.file_size]


def _packing(content: bytes, files: dict[str, bytes]) -> Iterator[str]:
    if files[HASHES].decode("utf-8", "replace") != hashes(files):
        told = files[HASHES].decode("utf-8", "replace").splitlines()
        wrong = [line[66:] for line in hashes(files).splitlines() if line not in told]
        yield f"the hash of {', '.join(wrong) or HASHES}"
    if content != pack(files):
        yield "the archive: it is not what its files make"


def _texts(files: dict[str, bytes], found: Certificate) -> Iterator[str]:
    """The seal, and what is written beside it for people."""
    told = found.told
    if digest_of(told) != found.seal:
        yield "the seal: it is not the digest of what is certified"
    if digest_of({name: told[name] for name in _FIGURES}) != told["figures"]:
        yield "the digest of the figures"
    for name, text in ((JSON, found.text), (HTML, found.html)):
        if files[name] != text.encode():
            yield f"{name}: it does not say what is certified"
    if not all(recount.NAME.fullmatch(name) for name in told["totals"]):
        yield "the totals: a dimension has no name"
    elif files[SQL] != found.sql.encode():
        yield f"{SQL}: it does not ask what is certified"
