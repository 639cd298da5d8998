"""Page: one question, who asks it, and the views that answer it, each drawn by itself.

Example:
    page = Page(title="Finance", persona=…, question="Can I book this?", needs=…)

    @page.says
    def answer(dataset: Dataset) -> str: ...

    @page.view("Reconciliation", asks="Which invoice differs from its charges?")
    def reconciliation(dataset: Dataset) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from enum import StrEnum
from typing import Any
from typing import Literal
from typing import TYPE_CHECKING
from typing import TypedDict

import streamlit as st

from finops.access.scope import require_whole
from finops.access.scope import viewer_of
from finops.errors import TieoutError
from finops.portal import as_of
from finops.portal import desk
from finops.portal import drawing
from finops.portal import formats
from finops.portal import forms
from finops.portal import scope_bar
from finops.portal import seal
from finops.portal import ties
from finops.portal.boundary import contained

if TYPE_CHECKING:
    from typing import Unpack

    from finops.access.roles import Permission
    from finops.dataset import Dataset
    from finops.portal.lens import Lens

Draw = Callable[["Any"], None]
Say = Callable[["Any"], str]
When = Callable[["Any"], bool]

_HALF = 400
_PART = (
    "You see a part of the cost. {} told of all of it and left out here: it would tell the rest. "
    "Ask whoever manages access for more."
)


class Persona(StrEnum):
    """Who a page is for, in the FinOps Framework's names."""

    EVERYONE = "Everyone"
    LEADERSHIP = "Leadership"
    FINANCE = "Finance"
    PRODUCT = "Product"
    ENGINEERING = "Engineering"
    PRACTITIONER = "FinOps practitioner"


class How(TypedDict, total=False):
    """How a view is drawn, and for whom, where that is not as usual (`View`)."""

    half: bool
    data: bool
    scoped: bool
    when: When | None


@dataclass(frozen=True, kw_only=True)
class View:
    """One answer on a page, and the function that draws it.

    `half` views stand two in a row where there is room. A view with `data` is not drawn in an
    empty workspace; one without is, and then gets None for a dataset. One with `when` is drawn
    only where that holds. One that is `scoped` shows nothing but what its reader may see; all
    others are for readers who see all cost.
    """

    title: str
    asks: str
    draw: Draw
    needs: Permission
    half: bool = False
    data: bool = True
    scoped: bool = False
    when: When | None = None

    def wanted(self, lens: Lens | None) -> bool:
        """Whether it has something to show; where that cannot be told, it says why itself."""
        if self.when is None or lens is None:
            return True
        try:
            return self.when(lens)
        except TieoutError:
            return True

    @property
    def name(self) -> str:
        """The name of the function that draws it; stable, and once on a page."""
        return self.draw.__name__

    def show(self, dataset: Dataset | None) -> None:
        """Draw the view in its own container and fragment, so that it reruns alone."""
        height: Literal["stretch", "content"] = "stretch" if self.half else "content"
        with st.container(border=True, key=f"view-{self.name}", height=height):
            st.fragment(self.draw_safely, key=f"view-{self.name}")(dataset)

    def draw_safely(self, dataset: Dataset | None) -> None:
        """Draw it; what goes wrong stays inside."""
        with drawing.headed(self.title, self.asks), contained(), seal.asked_by(self.title):
            # A view runs again by itself: what was taken from its reader meanwhile is gone.
            actor = desk.actor()
            actor.require(self.needs)
            if not self.scoped:
                require_whole(actor, self.title)
            self.draw(dataset)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of the portal, declared before it is drawn."""

    title: str
    icon: str
    persona: Persona
    question: str
    needs: Permission
    views: list[View] = field(default_factory=list)
    answers: list[Say] = field(default_factory=list)
    parts: list[Say] = field(default_factory=list)

    def view(self, title: str, *, asks: str, **how: Unpack[How]) -> Callable[[Draw], Draw]:
        """Make the decorated function the page's next view, for readers who see all cost."""

        def register(draw: Draw) -> Draw:
            self.views.append(View(title=title, asks=asks, draw=draw, needs=self.needs, **how))
            return draw

        return register

    def part(self, title: str, *, asks: str, **how: Unpack[How]) -> Callable[[Draw], Draw]:
        """The same for a view that shows nothing but what its reader may see: its dataset."""
        how["scoped"] = True
        return self.view(title, asks=asks, **how)

    def says(self, answer: Say) -> Say:
        """Make the decorated function give the page's first line: its question's answer."""
        self.answers.append(answer)
        return answer

    def says_of_a_part(self, answer: Say) -> Say:
        """The same for a line that tells nothing but what its reader may see."""
        self.parts.append(answer)
        return self.says(answer)

    def run(self) -> None:
        """Draw the page for the reader, at the scope the reader chose."""
        with contained():
            actor = desk.actor()
            actor.require(self.needs)
            self._draw(limited=viewer_of(actor).limited)

    def _say(self, dataset: Dataset, *, limited: bool) -> None:
        """The page's first lines; an answer that has nothing to say is left out."""
        for answer in self.answers:
            if answer in self.parts or not limited:
                with contained(), seal.asked_by("The first line"):
                    if told := answer(dataset):
                        st.markdown("## " + told, anchors=False)

    def _draw(self, *, limited: bool) -> None:
        lens = scope_bar.chosen()
        dataset = desk.dataset(lens)
        seal.clear()
        st.title(self.title, anchor=False, help=f"{self.question} For: {self.persona}.")
        if dataset is None:
            forms.unlock()
        if dataset is not None:
            self._say(dataset, limited=limited)
        there = [view for view in self.views if dataset is not None or not view.data]
        shown = [view for view in there if view.scoped or not limited]
        titles = {view.title for view in shown}
        left = [view.title for view in there if view.title not in titles and view.wanted(lens)]
        if left:
            verb = "is" if len(left) == 1 else "are"
            told = _PART.format(f"{formats.listing(tuple(left))} {verb}")
            st.info(told, icon=":material/visibility_off:")
        for row in _rows([view for view in shown if view.wanted(lens)]):
            with st.grid(len(row), min_column_width=_HALF):
                for view in row:
                    view.show(dataset)
        if dataset is not None and lens is not None:
            then = as_of.loudly(dataset.snapshot)
            standing = None if limited else _standing(lens)
            seal.draw(dataset, standing, rule=lens.rule.told, then=then)


def _standing(lens: Lens) -> seal.Standing | None:
    """How the chosen month stands; what goes wrong with it is told in its place."""
    found: list[seal.Standing] = []
    with contained():
        found.append(ties.standing(ties.report(lens)))
    return found[0] if found else None


def _rows(views: list[View]) -> list[list[View]]:
    """The views in rows: half views two by two, the others by themselves."""
    rows: list[list[View]] = []
    for view in views:
        beside = bool(rows) and len(rows[-1]) == 1 and rows[-1][0].half and view.half
        if beside:
            rows[-1].append(view)
        else:
            rows.append([view])
    return rows
