"""Reading a stream on a thread of its own."""

import threading

import pytest

from cxdesk.llm.feed import on_a_thread


def test_the_pieces_and_the_error_at_their_end_come_as_they_are():
    def pieces():
        yield "a"
        yield "b"
        raise LookupError("gone")

    read = on_a_thread(pieces(), None)
    assert [next(read), next(read)] == ["a", "b"]
    with pytest.raises(LookupError, match="gone"):
        next(read)


def test_cancelling_ends_it_while_nothing_comes():
    cancel, more, closed = threading.Event(), threading.Event(), threading.Event()

    def pieces():
        try:
            yield "a"
            more.wait(60)
            yield "b"
            yield "c"
        finally:
            closed.set()

    read = on_a_thread(pieces(), cancel)
    assert next(read) == "a"
    cancel.set()
    assert list(read) == []
    more.set()
    assert closed.wait(60)
