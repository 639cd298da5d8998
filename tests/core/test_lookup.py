from __future__ import annotations

import pytest

from finops.core.document import Node
from finops.core.lookup import read_lookup
from finops.core.lookup import write_lookup
from finops.errors import InputError

TEXT = 'account,team,"tier, paid"\n4711,search,gold\nA b,data,\na B,web,x\n'


def test_a_table_is_read_back_as_it_was_written_and_its_first_line_of_a_key_holds() -> None:
    table = read_lookup("accounts", Node({"csv": TEXT}))
    assert read_lookup("accounts", Node({"csv": write_lookup(table)})) == table
    assert table.values("team") == (("4711", "search"), ("a b", "data"))
    assert table.values("tier, paid") == (("4711", "gold"), ("a b", "x"))


@pytest.mark.parametrize("text", ["account\n1\n", "a,a\n1,2\n", "a,b\n1\n", "a,b\n1,2,3\n"])
def test_a_table_with_holes_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"lookups\.t\.csv"):
        read_lookup("t", Node({"csv": text}, "lookups.t"))
