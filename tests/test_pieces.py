"""The pieces of a text are what stands between its spaces and line feeds, however long it is."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from summitfix import pieces


@given(st.text(st.sampled_from("ab é\n\r\t漢"), max_size=80), st.integers(1, 9), st.sampled_from([0, 1 << 20]))
@settings(max_examples=300)
def test_no_piece_is_cut_or_left_out(text: str, part: int, shared: int) -> None:
    before = pieces.PART, pieces.SHARED
    pieces.PART, pieces.SHARED = part, shared  # type: ignore[misc]
    pieces._shared.cache_clear()
    try:
        assert pieces.rest(text) == set(text.replace("\n", " ").split(" "))
        assert pieces.rest(text, {"a", ""}, {"é"}) == set(text.replace("\n", " ").split(" ")) - {"a", "", "é"}
    finally:
        pieces.PART, pieces.SHARED = before  # type: ignore[misc]
        pieces._shared.cache_clear()
