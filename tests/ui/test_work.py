from threading import Barrier, Event, current_thread

import pytest

from cxdesk.domain import Unavailable
from cxdesk.ui.work import Throttle, Work, explain


@pytest.fixture
def work(qtbot):
    made = Work(2)
    yield made
    made.close()


def unexpected(error):
    raise error


def test_work_is_done_elsewhere_and_its_result_comes_back_to_this_thread(qtbot, work):
    threads = []
    with qtbot.waitSignal(work.idle):
        work.run(current_thread, lambda worker: threads.extend((worker, current_thread())), unexpected)
    worker, heard = threads
    assert worker is not current_thread()
    assert heard is current_thread()


def test_a_failure_is_told_as_the_exception_it_was(qtbot, work):
    heard = []
    with qtbot.waitSignal(work.idle):
        work.run(lambda: {}["nothing"], unexpected, heard.append)
    assert isinstance(heard[0], KeyError)


def test_of_two_reads_of_one_thing_only_the_newer_is_heard_even_if_it_ends_first(qtbot, work):
    newer_is_done, heard = Event(), []
    with qtbot.waitSignal(work.idle):
        work.run(lambda: newer_is_done.wait(10) and "older", heard.append, unexpected, key="view")
        work.run(lambda: "newer", lambda value: (heard.append(value), newer_is_done.set()), unexpected, key="view")
    assert heard == ["newer"]


def test_two_pieces_of_work_run_side_by_side(qtbot, work):
    both, heard = Barrier(2, timeout=10), []
    with qtbot.waitSignal(work.idle):
        for _ in range(2):
            work.run(both.wait, heard.append, unexpected)
    assert sorted(heard) == [0, 1]


def test_one_thread_keeps_the_order(qtbot):
    work, heard = Work(1), []
    with qtbot.waitSignal(work.idle):
        for number in range(20):
            work.run(lambda number=number: number, heard.append, unexpected)
    work.close()
    assert heard == list(range(20))


def test_nothing_is_heard_after_closing(qtbot, qapp):
    work, heard = Work(1), []
    work.run(lambda: "late", heard.append, heard.append)
    work.close()
    qapp.processEvents()
    assert heard == []


def test_throttle_answers_many_askings_at_once_and_forgets_none(qtbot):
    acted = []
    throttle = Throttle(lambda: acted.append(len(acted)), 5)
    for round_ in (1, 2):
        with qtbot.waitSignal(throttle.rested):
            for _ in range(10):
                throttle.ask()
        assert len(acted) == round_
    assert throttle.is_resting


def test_an_error_of_ours_is_explained_without_its_text_and_leaves_its_place_in_the_log(caplog):
    written = "my parcel"
    try:
        {}[written]
    except KeyError as error:
        said = explain(error)
    assert "KeyError" in said
    assert "test_work.py" in caplog.text
    assert written not in said + caplog.text


def test_an_error_of_the_world_is_explained_by_its_own_sentence_and_not_logged(caplog):
    assert explain(Unavailable("The disk is full. Free some space.")) == "The disk is full. Free some space."
    assert caplog.text == ""
