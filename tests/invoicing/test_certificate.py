"""A closed month has a certificate; the same files always make the same zip."""

from __future__ import annotations

import hashlib
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import local_actor
from finops.errors import UsageError
from finops.invoicing.certificate import certificate
from finops.invoicing.certificate import HASHES
from finops.invoicing.certificate import hashes
from finops.invoicing.certificate import MEMBERS
from finops.invoicing.certificate import pack
from finops.invoicing.certificate import packed
from finops.invoicing.certificate import questions
from tests.invoicing import closable
from tests.invoicing.bill import bring
from tests.invoicing.bill import invoice
from tests.invoicing.bill import MONTH
from tests.invoicing.bill import tell
from tests.invoicing.closable import back

if TYPE_CHECKING:
    from pathlib import Path

    from finops.access.workspace import Workspace


def test_only_a_closed_month_is_certified(opened: Workspace, tmp_path: Path) -> None:
    closable.prepare(opened, tmp_path / "april.csv")
    with pytest.raises(UsageError, match="is not closed"):
        certificate(opened, MONTH)
    closable.step(opened, "Ann")
    with pytest.raises(UsageError, match="is not closed"):
        certificate(opened, MONTH)
    seal = closable.step(opened, "Bob").seal
    assert certificate(opened, MONTH).seal == seal
    back(opened, "Ann")
    assert certificate(opened, MONTH).seal == seal
    back(opened, "Bob")
    with pytest.raises(UsageError, match="is not closed"):
        certificate(opened, MONTH)


def test_the_zip_holds_the_month_as_it_was_closed(opened: Workspace, tmp_path: Path) -> None:
    closable.prepare(opened, tmp_path / "april.csv")
    seal = closable.shut(opened)
    bring(opened, tmp_path / "other.csv", [closable.charge("5", BillingAccountId="2")])
    found = certificate(opened, MONTH)
    file = tmp_path / "c.zip"
    file.write_bytes(packed(opened, found, actor=local_actor()))
    with zipfile.ZipFile(file) as archive:
        assert tuple(archive.namelist()) == MEMBERS
        archive.extractall(tmp_path / "out")
    assert found.told["totals"][""][0][2] == 2
    assert hashlib.sha256(found.body.encode()).hexdigest() == seal
    checked = subprocess.run(["sha256sum", "-c", HASHES], cwd=tmp_path / "out", check=False)
    assert checked.returncode == 0


def test_the_same_files_make_the_same_bytes() -> None:
    files = {name: name.encode() for name in MEMBERS if name != HASHES}
    assert pack(files) == pack(dict(reversed(files.items())))
    assert hashes(files).splitlines()[0].endswith("  certificate.json")


def test_there_is_one_question_for_each_dimension() -> None:
    text = questions({"": [], "ServiceName": [], "x_Team": []})
    assert text.count(";\n") == 3
    assert '"x_Team"' in text


def test_charges_that_differ_in_little_make_the_same_bytes_each_time(
    opened: Workspace, tmp_path: Path
) -> None:
    charges = [
        closable.charge("1", ResourceId="r", ChargeDescription=f"item {number % 5}")
        for number in range(500)
    ]
    bring(opened, tmp_path / "april.csv", charges)
    tell(opened, invoice(MONTH, "500", month=MONTH))
    closable.shut(opened)
    found = certificate(opened, MONTH)
    first, second = (packed(opened, found, actor=local_actor()) for _ in range(2))
    assert first == second
