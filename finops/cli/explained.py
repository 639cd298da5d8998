"""Explained: a variance as `finops query --explain` tells it, in JSON and for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finops.cli.printing import table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from finops.measures.variance import Step
    from finops.measures.variance import Variance


def document(found: Variance, by: tuple[str, ...]) -> dict[str, object]:
    """The variance as JSON promises it; `lines` are its rounded figures, as the sentence has them.

    `by` are the names of what each part is narrowed by.
    """
    from finops.measures.sentence import lines
    from finops.measures.sentence import sentence

    return {
        "before": {"from": found.before.start, "to": found.before.end},
        "after": {"from": found.after.start, "to": found.after.end},
        "start": found.start,
        "end": found.end,
        "steps": [
            {"step": step.cause.value, "amount": step.amount, "definition": step.cause.definition}
            for step in found.steps
        ],
        "by": [
            dict(zip(by, part.values, strict=False))
            | {"start": part.start, "end": part.end, "steps": _steps(part.steps)}
            for part in found.parts
        ],
        "lines": [
            {"name": one.name, "amount": one.amount, "percent": one.percent, "left": one.left}
            for one in lines(found)
        ],
        "sentence": sentence(found),
        "notes": found.notes,
    }


def show(console: Console, found: Variance) -> None:
    """The sentence, and the table that its figures stand in."""
    from finops.measures.sentence import lines
    from finops.measures.sentence import sentence

    columns = ("Step", f"Amount ({found.currency})", "% of the start", "Left to explain")
    rows = [(line.name, line.amount, line.percent, line.left) for line in lines(found)]
    console.print(sentence(found))
    console.print(table(columns, rows))
    for note in found.notes:
        console.print(note)


def _steps(steps: Iterable[Step]) -> list[dict[str, object]]:
    return [{"step": step.cause.value, "amount": step.amount} for step in steps]
