"""The desk's jobs: when they run, one at a time of a kind, and how each run ended.

APScheduler decides when; what a job does is a plain function of the moment. A run that fails is recorded and shown, and
stops no other. Nobody's wait for the model is made longer: a job sleeps until the person is served. APScheduler is
imported when the scheduler starts, after the window is up.
"""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from cxdesk.access import Access
from cxdesk.domain import DeskError, Invalid, JobRun, JobState, Refused, now
from cxdesk.store import Store

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger("cxdesk.memory")

BUSY_POLL_S = 0.5
# A missed night is caught up when the desk has settled, not while it opens.
CATCH_UP_AFTER_S = 20


@dataclass(frozen=True)
class Job:
    """A kind of work. `work` is given the moment and tells in one sentence what it did.

    It runs at `hour` o'clock of every night, or `every_s` seconds.
    """

    name: str
    what: str
    work: Callable[[datetime], str]
    hour: int | None = None
    every_s: float | None = None


class Scheduler:
    """Runs jobs in the background once started; without that, by hand. `busy` tells whether a person waits."""

    def __init__(
        self,
        store: Store,
        jobs: Iterable[Job],
        busy: Callable[[], bool] = lambda: False,
        clock: Callable[[], datetime] = now,
        access: Access | None = None,
    ) -> None:
        self._store = store
        self._access = access or Access()
        self._jobs = {job.name: job for job in jobs}
        self._busy = busy
        self._clock = clock
        self._running = {name: threading.Lock() for name in self._jobs}
        self._stopping = threading.Event()
        self._wanted: set[str] = set()
        self._timer: BackgroundScheduler | None = None

    @property
    def is_started(self) -> bool:
        return self._timer is not None

    def start(self) -> None:
        """Begin to run jobs by themselves; a night that was missed is caught up shortly after."""
        if self._timer is not None:
            return
        from apscheduler.schedulers.background import BackgroundScheduler

        self._stopping.clear()
        timer = BackgroundScheduler(
            timezone=_zone(),
            executors={"default": {"type": "threadpool", "max_workers": 2}},
            job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
        )
        for job in self._jobs.values():
            timer.add_job(self._run_by_clock, args=[job], id=job.name, **_trigger(job))
        timer.start()
        self._timer = timer
        for job in self._jobs.values():
            if self._was_missed(job):
                self.run_soon(job.name, CATCH_UP_AFTER_S)

    def stop(self) -> None:
        """End, after the jobs that are running; those that sleep give up. Twice is no error."""
        self._stopping.set()
        timer, self._timer = self._timer, None
        if timer is not None:
            # Waiting inside APScheduler holds its locks, which a job that calls `run_soon` would wait for.
            timer.shutdown(wait=False)
            for running in self._running.values():
                with running:
                    pass

    def run(self, name: str) -> JobRun:
        """Run a job now, on this thread, and tell how it ended; a failure is told, not raised.

        Raises `Invalid` for an unknown job, `Refused` while it is running already.
        """
        self._access.need("jobs")
        job = self._job(name)
        if not self._running[name].acquire(blocking=False):
            raise Refused(f"The job {name!r} is running already. Wait until it has ended.")
        try:
            return self._record(job)
        finally:
            self._running[name].release()

    def run_soon(self, name: str, after_s: float = 0.0) -> None:
        """Run a job in the background in a moment; asked again before then, it still runs once.

        Asked while it runs, it runs once more. Nothing happens unless the scheduler is started. Raises `Invalid` for
        an unknown job.
        """
        self._job(name)
        timer = self._timer
        if timer is not None:
            self._wanted.add(name)
            with suppress(LookupError):  # it was stopped this very moment
                timer.modify_job(name, next_run_time=now() + timedelta(seconds=after_s))

    def states(self) -> list[JobState]:
        """All jobs, in the order in which they were given."""
        return [
            JobState(
                name=job.name,
                what=job.what,
                running=self._running[job.name].locked(),
                last=self._store.job_runs.last(job.name),
                next_at=self._next_at(job),
            )
            for job in self._jobs.values()
        ]

    # ------------------------------------------------------------ inside

    def _job(self, name: str) -> Job:
        if name not in self._jobs:
            raise Invalid(f"No job {name!r} on this desk. Use one of {', '.join(self._jobs)}.")
        return self._jobs[name]

    def _run_by_clock(self, job: Job) -> None:
        """A run after the person who waits; not at all while the same job runs by hand."""
        if not self._running[job.name].acquire(blocking=False):
            return
        try:
            while not self._stopping.is_set() and self._busy():
                self._stopping.wait(BUSY_POLL_S)
            self._wanted.discard(job.name)
            if not self._stopping.is_set():
                self._record(job)
        finally:
            self._running[job.name].release()
        if job.name in self._wanted:
            self.run_soon(job.name)

    def _record(self, job: Job) -> JobRun:
        started_at, begun = self._clock(), time.perf_counter()
        ok, result = _outcome(job, started_at)
        duration_s = round(time.perf_counter() - begun, 3)
        run = JobRun(name=job.name, started_at=started_at, duration_s=duration_s, ok=ok, result=result)
        try:
            self._store.job_runs.add(run)
        except DeskError as error:  # the disk may be what made the job fail
            log.info("run of job %s not recorded: %s", job.name, error)
        return run

    def _was_missed(self, job: Job) -> bool:
        if job.hour is None:
            return False
        last = self._store.job_runs.last(job.name, ok=True)
        return last is None or last.started_at < _latest_due(job.hour, self._clock())

    def _next_at(self, job: Job) -> datetime | None:
        """When the timer says, else when the job would be due if the desk ran."""
        if self._timer is not None:
            planned = self._timer.get_job(job.name)
            return planned.next_run_time if planned else None
        if job.hour is not None:
            return _latest_due(job.hour, self._clock()) + timedelta(days=1)
        return None


def _outcome(job: Job, moment: datetime) -> tuple[bool, str]:
    try:
        return True, job.work(moment)
    except DeskError as error:
        return False, str(error)
    except Exception as error:  # a bug in one job must not stop the others; no message, it may quote a customer
        place = "".join(traceback.format_tb(error.__traceback__))
        log.exception("job %s stopped at %s\n%s", job.name, type(error).__name__, place, exc_info=False)
        return False, f"The job stopped at a fault of the program ({type(error).__name__}). Look into the log."


def _latest_due(hour: int, moment: datetime) -> datetime:
    """The last time at or before the moment that it was `hour` o'clock here."""
    local = moment.astimezone(_zone())
    due = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return due if due <= local else due - timedelta(days=1)


def _zone() -> tzinfo | None:
    # The offset of today: when clocks change, a job comes an hour off until the next start, which does no harm.
    return datetime.now().astimezone().tzinfo


def _trigger(job: Job) -> dict[str, object]:
    if job.hour is not None:
        return {"trigger": "cron", "hour": job.hour}
    return {"trigger": "interval", "seconds": job.every_s}
