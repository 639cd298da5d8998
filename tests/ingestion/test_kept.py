"""Kept: the same once more changes nothing; another word for the same takes its place."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from typing import Any
from typing import TYPE_CHECKING

import pytest

from finops.access.actor import Actor
from finops.access.actor import local_actor
from finops.access.roles import Role
from finops.access.workspace import make_workspace
from finops.core.organization import EMPTY
from finops.errors import InputError
from finops.errors import NotAllowed
from finops.ingestion.budgets import BUDGETS
from finops.ingestion.events import EVENTS
from finops.ingestion.kept import Kept
from finops.ingestion.metrics import METRICS
from finops.records import audit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finops.access.workspace import Workspace
    from finops.ingestion.kept import Subject

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
WHO = {"actor": local_actor(), "at": AT, "origin": "test"}
SUBJECTS = (METRICS, BUDGETS, EVENTS)
each_subject = pytest.mark.parametrize("subject", SUBJECTS, ids=lambda one: one.name)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = make_workspace(tmp_path / "workspace")
    yield opened
    opened.close()


def template(subject: Subject[Any], folder: Path, **changed: str) -> Path:
    form = subject.file_of(EMPTY)
    row = {column.name: column.example for column in form.columns} | changed
    file = folder / f"{subject.name}.csv"
    file.write_text(form.template(row))
    return file


@each_subject
def test_the_template_comes_in_and_once_more_it_is_unchanged(
    subject: Subject[Any], workspace: Workspace, tmp_path: Path
) -> None:
    file = template(subject, tmp_path)
    first = subject.bring_file(workspace, file, who=WHO)
    again = subject.bring_file(workspace, file, who=WHO)
    assert (first, first.status) == (Kept(1, 0, 0, ""), "committed")
    assert (again, again.status) == (Kept(0, 0, 1, ""), "unchanged")
    assert len(subject.of(workspace, None)) == 1
    with workspace.store.reading() as session:
        assert audit.head(session).sequence == 1


@pytest.mark.parametrize(
    ("subject", "changed"),
    [
        (METRICS, {"amount": "2"}),
        (BUDGETS, {"amount": "2"}),
        (EVENTS, {"link": "https://example.com/2"}),
    ],
    ids=lambda one: getattr(one, "name", ""),
)
def test_a_later_row_of_the_same_key_holds_from_then_on(
    subject: Subject[Any], changed: dict[str, str], workspace: Workspace, tmp_path: Path
) -> None:
    subject.bring_file(workspace, template(subject, tmp_path), who=WHO)
    done = subject.bring_file(workspace, template(subject, tmp_path, **changed), who=WHO)
    (held,) = subject.of(workspace, None)
    assert (done.added, done.replaced) == (0, 1)
    (name, told), *_ = changed.items()
    assert str(getattr(held, name)) == told


@each_subject
def test_what_is_withdrawn_is_there_no_more(
    subject: Subject[Any], workspace: Workspace, tmp_path: Path
) -> None:
    subject.bring_file(workspace, template(subject, tmp_path), who=WHO)
    subject.bring_file(workspace, template(subject, tmp_path, state="Withdrawn"), who=WHO)
    assert subject.of(workspace, None) == ()


@each_subject
def test_a_wrong_line_takes_nothing_in(
    subject: Subject[Any], workspace: Workspace, tmp_path: Path
) -> None:
    file = template(subject, tmp_path)
    file.write_text(file.read_text() + "x," * (len(subject.file_of(EMPTY).columns) - 1) + "\n")
    with pytest.raises(InputError, match="line 3"):
        subject.bring_file(workspace, file, who=WHO)
    assert subject.of(workspace, None) == ()


@each_subject
def test_a_second_click_does_nothing(
    subject: Subject[Any], workspace: Workspace, tmp_path: Path
) -> None:
    file = template(subject, tmp_path)
    told = [subject.bring_file(workspace, file, who={**WHO, "key": "k"}) for _ in range(2)]
    assert told == [Kept(1, 0, 0, "")] * 2


@each_subject
def test_a_viewer_may_not(subject: Subject[Any], workspace: Workspace, tmp_path: Path) -> None:
    who = {**WHO, "actor": Actor("ann", frozenset({Role.VIEWER}))}
    with pytest.raises(NotAllowed):
        subject.bring_file(workspace, template(subject, tmp_path), who=who)
