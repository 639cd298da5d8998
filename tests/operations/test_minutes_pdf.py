from __future__ import annotations

from finops.operations.marks import plain
from finops.operations.minutes_pdf import pdf
from tests.operations.hostile import TEXTS
from tests.operations.pdf_text import pages_of
from tests.operations.pdf_text import text_of
from tests.operations.pdf_text import words_of


def test_a_text_of_a_person_is_never_markup_and_never_fails() -> None:
    lines = "\n".join(f"- **D1** {plain(text)}" for text in TEXTS)
    whole = pdf("Title", f"# Title\n\n## Decisions\n\n{lines}\n", "SHA-256 1a2b")
    assert whole.startswith(b"%PDF-")
    assert whole.count(b"/Type /Page\n") == 0 or len(whole) > len(pdf("T", "# T\n", ""))


def test_a_hash_is_copied_from_it_as_it_is_and_what_is_too_long_for_a_line_is_broken() -> None:
    known = "17215492a694f008b02e6a8acf8462ba89d7d32f554dfe23b4211130d3b81f7e"
    whole = pdf("T", f"# T\n\nAudit: event 41, {known}\n\n- {'w' * 90}\n", known)
    assert text_of(whole).count(known) == 2
    assert pages_of(whole)[0].count(b"200B>") == 2


def test_no_text_turns_the_words_of_others_around_and_a_tab_is_a_space() -> None:
    assert "awritebc" in words_of(pdf("T", "- a\u202ewrite\u2067b\tc\n", ""))
    assert "b c" in text_of(pdf("T", "- b\tc\n", ""))
