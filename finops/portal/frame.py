"""The frame around every page: the menu of what the reader may see, in the order of a meeting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from finops.access.roles import Permission
from finops.portal import boundary
from finops.portal import door
from finops.portal import memory
from finops.portal import raising
from finops.portal import scope_bar
from finops.portal.formats import md_escape

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from types import ModuleType

    from finops.access.actor import Actor

ICON = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
<rect width="24" height="24" rx="5" fill="#0072B2"/>
<path d="M6 9h12M6 15h12" stroke="#fff" stroke-width="2.8" stroke-linecap="round"/></svg>"""
"""The mark of two sums that agree; its own drawing, since named icons come from elsewhere."""

WORDMARK = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 132 32" role="img">
<rect x="1" y="5" width="22" height="22" rx="5" fill="#0072B2"/>
<path d="M7 13h10M7 19h10" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/>
<text x="32" y="24" font-family="Source Sans,Segoe UI,Helvetica,Arial,sans-serif" font-size="23"
 font-weight="600" fill="#3D8FC4">Tieout</text></svg>"""

_ON_LIGHT_BLUE = """<style>
[data-testid^="stBaseButton-primary"]:not(:disabled) {color: #12171D}
</style>"""
"""White on the dark theme's blue is read at 2.3:1, and no setting of a theme is a button's text."""


def run(sections: Mapping[str, Sequence[ModuleType]]) -> None:
    """Draw the frame, and in it the page that the reader is on."""
    st.set_page_config(
        page_title="Tieout", page_icon=ICON, layout="wide", initial_sidebar_state=260
    )
    st.logo(WORDMARK, size="large")
    if st.context.theme.type == "dark":
        st.html(_ON_LIGHT_BLUE)
    boundary.clear()
    actor = door.enter()
    menu = {name: entries for name, entries in _menu(sections, actor) if entries}
    if actor is None or not menu:
        _keep_address(sections)
        if actor:
            st.error(f"{md_escape(actor.name)} may not see any page.")
            door.foot(actor)
        return
    page = st.navigation(menu, expanded=True)
    door.foot(actor)
    # The bar belongs to the frame, so that its choices stay as pages change.
    with boundary.contained():
        actor.require(Permission.READ_COST)
        scope_bar.draw()
    page.run()
    with boundary.contained(), st.sidebar:
        _raise_from(sections, page.title)
    memory.settle()


def _raise_from(sections: Mapping[str, Sequence[ModuleType]], title: str) -> None:
    """The one control by which what a page shows is put before the meeting."""
    shown = (module.page for group in sections.values() for module in group)
    if found := next((one for one in shown if one.title == title), None):
        raising.draw(found)


def _keep_address(sections: Mapping[str, Sequence[ModuleType]]) -> None:
    """Know every address and draw none: a link leads to the door, and then to its page."""
    modules = [module for group in sections.values() for module in group]
    st.navigation([_entry(module) for module in modules], position="hidden")


def _menu(
    sections: Mapping[str, Sequence[ModuleType]], actor: Actor | None
) -> list[tuple[str, list[st.Page]]]:
    """Each group with the pages that the reader may see."""
    if actor is None:
        return []
    return [
        (name, [_entry(module) for module in modules if actor.may(module.page.needs)])
        for name, modules in sections.items()
    ]


def _entry(module: ModuleType) -> st.Page:
    file = Path(str(module.__file__))
    page = module.page
    path = file.stem.replace("_", "-")
    return st.Page(file, title=page.title, icon=page.icon, url_path=path)
