from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from finops.cli import app

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.conftest import Answer


def test_every_command_says_what_it_does_in_one_sentence() -> None:
    listed = [command for _, command in app.COMMANDS]
    listed += [command for _, _, commands in app.GROUPS for _, command in commands]
    for command in listed:
        assert (command.__doc__ or "").split("\n")[0].endswith(".")


def test_no_command_is_listed_twice() -> None:
    names = [name for name, _ in app.COMMANDS] + [name for name, _, _ in app.GROUPS]
    assert len(names) == len(set(names))


def test_the_root_hands_its_session_to_the_command(
    monkeypatch: pytest.MonkeyPatch, finops: Callable[..., Answer]
) -> None:
    def who(context: typer.Context) -> None:
        typer.echo(f"{context.obj.person} {context.obj.workspace.name} {context.obj.as_json}")

    monkeypatch.setattr(app, "COMMANDS", (("who", who), ("other", who)))
    assert finops("who").out == "local workspace False\n"
    assert finops("who", "--as", "ana", "--json").out == "ana workspace True\n"


def test_a_command_of_a_group_is_called_by_both_names(
    monkeypatch: pytest.MonkeyPatch, finops: Callable[..., Answer]
) -> None:
    def add(file: str) -> None:
        typer.echo(f"added {file}")

    def remove() -> None:
        raise typer.Exit(1)

    group = ("rates", "Rates of exchange.", (("add", add), ("remove", remove)))
    monkeypatch.setattr(app, "GROUPS", (group,))
    assert finops("rates", "add", "ecb.csv") == (0, "added ecb.csv\n", "")
    assert finops("rates", "remove").code == 1
    assert "Rates of exchange." in finops("--help").out


def test_the_workspace_is_taken_from_its_variable(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def where(context: typer.Context) -> None:
        typer.echo(context.obj.workspace)

    monkeypatch.setattr(app, "COMMANDS", (("where", where), ("other", where)))
    monkeypatch.setenv("FINOPS_WORKSPACE", "mine")
    app.build()(["where"], standalone_mode=False)
    assert capsys.readouterr().out == "mine\n"
