"""A certificate proves itself anywhere; one changed byte, or one changed figure, is found."""

from __future__ import annotations

import json
import random
import struct
import zipfile
from typing import Any
from typing import TYPE_CHECKING

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from finops.access.workspace import make_workspace
from finops.errors import InputError
from finops.invoicing import certificate as made
from finops.invoicing.certificate import Certificate
from finops.invoicing.certificate import MEMBERS
from finops.invoicing.proof import prove
from finops.records.canonical import canonical_json
from finops.records.canonical import digest_of
from tests.invoicing import closable
from tests.invoicing.bill import MONTH
from tests.lanes import thorough

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Forgery = tuple[Callable[[dict[str, Any]], object], str]


@pytest.fixture(scope="module")
def genuine(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The certificate of a small closed month."""
    folder = tmp_path_factory.mktemp("certified")
    workspace = make_workspace(folder / "workspace")
    closable.prepare(workspace, folder / "april.csv")
    closable.shut(workspace)
    found = made.certificate(workspace, MONTH)
    content = made.packed(workspace, found, actor=closable.by("Ann")["actor"])
    workspace.close()
    return content


def differs(tmp_path: Path, content: bytes) -> tuple[str, ...]:
    file = tmp_path / "certificate.zip"
    file.write_bytes(content)
    return prove(file).differs


def files_of(content: bytes, tmp_path: Path) -> dict[str, bytes]:
    (tmp_path / "zip").write_bytes(content)
    with zipfile.ZipFile(tmp_path / "zip") as archive:
        return {name: archive.read(name) for name in MEMBERS if name != made.HASHES}


def forged(content: bytes, tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> bytes:
    """A certificate whose content was changed, with every digest made anew."""
    files = files_of(content, tmp_path)
    told = json.loads(files[made.JSON])["body"]
    change(told)
    names = ("totals", "sources", "organization", "rates", "invoices", "commitments")
    told["figures"] = digest_of({name: told[name] for name in names})
    found = Certificate(seal=digest_of(told), body=canonical_json(told))
    texts = {made.JSON: found.text, made.HTML: found.html, made.SQL: found.sql}
    return made.pack(files | {name: text.encode() for name, text in texts.items()})


def test_a_genuine_certificate_holds_without_its_workspace(genuine: bytes, tmp_path: Path) -> None:
    file = tmp_path / "certificate.zip"
    file.write_bytes(genuine)
    proof = prove(file)
    assert proof.holds
    assert (proof.month, proof.charges, len(proof.seal)) == (MONTH, 2, 64)
    assert proof.totals > 30


def test_one_byte_changed_anywhere_is_found(genuine: bytes, tmp_path: Path) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")  # noqa: T201 -- shown when it fails
    chance = random.Random(seed)
    for _ in range(200):
        place, other = chance.randrange(len(genuine)), chance.randrange(1, 256)
        changed = bytearray(genuine)
        changed[place] ^= other
        assert differs(tmp_path, bytes(changed)), (place, other)


@pytest.mark.parametrize("cut", [0, 1, 30, -1, -22])
def test_a_file_that_was_cut_or_lengthened_is_found(
    genuine: bytes, tmp_path: Path, cut: int
) -> None:
    assert differs(tmp_path, genuine[:cut])
    assert differs(tmp_path, genuine + b"\0")
    assert differs(tmp_path, b"PK" + genuine)


FORGED: tuple[Forgery, ...] = (
    (lambda told: told["totals"][""][0][3].__setitem__(0, "31"), "the totals by month"),
    (lambda told: told["totals"]["x_Team"][0].__setitem__(0, "other"), "totals by x_Team"),
    (lambda told: told.update(month="2026-05"), "some are of another month"),
    (lambda told: told.update(provider="Other"), "some are of another issuer"),
    (lambda told: told["sources"][0].update(rows=3), "other rows than the totals"),
    (lambda told: told["totals"].update({"x) FROM charges; --": []}), "has no name"),
    (lambda told: told["totals"].update({"Nothing": []}), "cannot be read"),
    (lambda told: told.pop("audit"), "no certificate"),
    (lambda told: told.update(totals=3), "no certificate"),
)
"""What a forger changes of what a certificate tells, and what is then found."""


@pytest.mark.parametrize("forgery", thorough(FORGED, but=FORGED[:3]), ids=lambda one: one[1])
def test_a_forged_figure_is_found_though_every_digest_was_made_anew(
    genuine: bytes, tmp_path: Path, forgery: Forgery
) -> None:
    change, named = forgery
    try:
        content = forged(genuine, tmp_path, change)
    except (KeyError, TypeError):
        files = files_of(genuine, tmp_path)
        told = json.loads(files[made.JSON])
        change(told["body"])
        content = made.pack(files | {made.JSON: json.dumps(told).encode()})
    assert any(named in one for one in differs(tmp_path, content)), differs(tmp_path, content)


def test_charges_that_were_changed_do_not_make_the_totals(genuine: bytes, tmp_path: Path) -> None:
    files = files_of(genuine, tmp_path)
    (tmp_path / "c.parquet").write_bytes(files[made.CHARGES])
    table = pq.read_table(tmp_path / "c.parquet")
    costs = pc.negate(table["BilledCost"])
    place = table.column_names.index("BilledCost")
    pq.write_table(table.set_column(place, "BilledCost", costs), tmp_path / "c.parquet")
    content = made.pack(files | {made.CHARGES: (tmp_path / "c.parquet").read_bytes()})
    assert "the totals by month" in differs(tmp_path, content)


@pytest.mark.parametrize("name", thorough([made.HTML, made.SQL, made.CHARGES, made.JSON]))
def test_another_text_under_fresh_hashes_is_found(
    genuine: bytes, tmp_path: Path, name: str
) -> None:
    files = files_of(genuine, tmp_path)
    found = differs(tmp_path, made.pack(files | {name: b"DROP TABLE charges"}))
    assert any(name in one for one in found), found


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_certificate_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    assert "the archive is none that Tieout has packed" in differs(tmp_path, content)[0]


def test_a_place_beyond_every_file_is_said_to_be_none(genuine: bytes, tmp_path: Path) -> None:
    end = genuine.rfind(b"PK\5\6")
    size = int.from_bytes(genuine[end + 12 : end + 16], "little")
    numbers = (44, 45, 45, 0, 0, len(MEMBERS), len(MEMBERS), size, 2**64 - 1)
    wide = struct.pack("<4sQ2H2L4Q", b"PK\6\6", *numbers)
    found = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
    said = differs(tmp_path, genuine[:end] + wide + found + genuine[end:])
    assert "the archive is none that Tieout has packed" in said[0]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        prove(tmp_path / "nothing.zip")
