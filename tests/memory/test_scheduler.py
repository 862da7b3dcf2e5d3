import threading
from datetime import UTC, datetime, timedelta

import pytest

from cxdesk.domain import Invalid, Refused, Unavailable
from cxdesk.memory.scheduler import Job, Scheduler
from cxdesk.store import Store

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
LONG_S = 20


@pytest.fixture
def store():
    with Store.open(None) as opened:
        yield opened


def fails(_):
    raise Unavailable("The disk is full.")


SECRET = "hunter22"


def breaks(_):
    raise ZeroDivisionError(SECRET)


def test_a_run_is_recorded_with_its_result(store):
    scheduler = Scheduler(store, [Job("count", "Counts.", lambda moment: f"{moment:%H} counted.")], clock=lambda: NOON)
    run = scheduler.run("count")
    assert (run.ok, run.result, run.started_at) == (True, "12 counted.", NOON)
    assert scheduler.states()[0].last == run
    assert store.job_runs.of("count") == [run]


def test_a_failing_job_is_shown_and_stops_no_other(store, caplog):
    scheduler = Scheduler(
        store, [Job("a", "Fails.", fails), Job("b", "Breaks.", breaks), Job("c", "Works.", lambda _: "Done.")]
    )
    assert [scheduler.run(name).result for name in "abc"] == [
        "The disk is full.",
        "The job stopped at a fault of the program (ZeroDivisionError). Look into the log.",
        "Done.",
    ]
    assert [state.last.ok for state in scheduler.states()] == [False, False, True]
    assert "ZeroDivisionError" in caplog.text
    assert SECRET not in caplog.text


def test_an_unknown_job_is_refused_with_the_known_ones(store):
    with pytest.raises(Invalid, match="Use one of count"):
        Scheduler(store, [Job("count", "Counts.", str)]).run("cuont")


def test_a_job_runs_once_at_a_time(store):
    begun, may_end = threading.Event(), threading.Event()

    def work(_):
        begun.set()
        may_end.wait(LONG_S)
        return "Done."

    scheduler = Scheduler(store, [Job("slow", "Takes long.", work)])
    thread = threading.Thread(target=scheduler.run, args=["slow"])
    thread.start()
    assert begun.wait(LONG_S)
    assert scheduler.states()[0].running
    with pytest.raises(Refused, match="running already"):
        scheduler.run("slow")
    may_end.set()
    thread.join()
    assert len(store.job_runs.of("slow")) == 1


def started(store, work, *, busy=lambda: False, hour=None, clock=lambda: NOON):
    scheduler = Scheduler(store, [Job("job", "Works.", work, hour=hour, every_s=9999)], busy, clock)
    scheduler.start()
    return scheduler


def test_asked_several_times_in_a_row_a_job_runs_once(store):
    ran = threading.Event()
    scheduler = started(store, lambda _: str(ran.set()))
    for _ in range(5):
        scheduler.run_soon("job", 0.05)
    assert ran.wait(LONG_S)
    scheduler.stop()
    assert len(store.job_runs.of("job")) == 1


def test_a_job_waits_while_a_person_waits_for_the_model(store, monkeypatch):
    monkeypatch.setattr("cxdesk.memory.scheduler.BUSY_POLL_S", 0.01)
    looked, free, ran = threading.Event(), threading.Event(), threading.Event()

    def busy():
        looked.set()
        return not free.is_set()

    scheduler = started(store, lambda _: str(ran.set()), busy=busy)
    scheduler.run_soon("job")
    assert looked.wait(LONG_S)
    assert not ran.is_set()
    free.set()
    assert ran.wait(LONG_S)
    scheduler.stop()


def test_a_job_that_waits_gives_up_when_the_desk_ends(store):
    looked = threading.Event()
    scheduler = started(store, str, busy=lambda: looked.set() or True)
    scheduler.run_soon("job")
    assert looked.wait(LONG_S)
    scheduler.stop()
    assert store.job_runs.of("job") == []


def test_a_missed_night_is_caught_up_at_start(store, monkeypatch):
    monkeypatch.setattr("cxdesk.memory.scheduler.CATCH_UP_AFTER_S", 0)
    Scheduler(store, [Job("job", "", str)], clock=lambda: NOON - timedelta(days=2)).run("job")
    ran = threading.Event()
    scheduler = started(store, lambda _: str(ran.set()), hour=3)
    assert ran.wait(LONG_S)
    scheduler.stop()


def test_a_night_that_was_not_missed_is_left_alone(store):
    Scheduler(store, [Job("job", "", str)], clock=lambda: NOON).run("job")
    scheduler = started(store, str, hour=3, clock=lambda: NOON + timedelta(minutes=5))
    assert scheduler.states()[0].next_at - datetime.now(UTC) < timedelta(days=1, seconds=1)
    scheduler.stop()
    assert len(store.job_runs.of("job")) == 1


def test_a_failed_night_is_tried_again_at_start(store, monkeypatch):
    monkeypatch.setattr("cxdesk.memory.scheduler.CATCH_UP_AFTER_S", 0)
    Scheduler(store, [Job("job", "", fails)], clock=lambda: NOON).run("job")
    ran = threading.Event()
    scheduler = started(store, lambda _: str(ran.set()), hour=3)
    assert ran.wait(LONG_S)
    scheduler.stop()


def test_without_a_start_it_is_still_known_when_a_nightly_job_is_due(store):
    scheduler = Scheduler(store, [Job("job", "", str, hour=3)], clock=lambda: NOON)
    assert NOON < scheduler.states()[0].next_at <= NOON + timedelta(days=1)
    scheduler.run_soon("job")
    scheduler.stop()
    assert store.job_runs.of("job") == []


def test_of_each_job_a_hundred_runs_are_kept(store):
    scheduler = Scheduler(store, [Job("job", "", str)], clock=lambda: NOON)
    for _ in range(103):
        scheduler.run("job")
    assert len(store.job_runs.of("job", limit=500)) == 100
