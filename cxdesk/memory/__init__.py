"""Many turns: what each closed conversation came to, who the customers are, what they told, and the desk's jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from cxdesk.access import Access
from cxdesk.domain import ClosedBy, Fact, Insight, Invalid, MoodHistory, Profile, now
from cxdesk.memory.facts import FactRules, for_prompt, learn_facts, newest_of
from cxdesk.memory.profiles import in_words, mood_history, roll_up, roll_up_customers, roll_up_stale
from cxdesk.memory.scheduler import Job, Scheduler
from cxdesk.memory.sessions import close_answered, close_session, close_silent
from cxdesk.settings import Settings, bundled
from cxdesk.store import Store

__all__ = [
    "Job",
    "Memory",
    "Scheduler",
    "close_answered",
    "close_session",
    "close_silent",
    "mood_history",
    "roll_up",
    "roll_up_customers",
    "roll_up_stale",
]

# Several closes in a row are one rollup.
DEBOUNCE_S = 2.0
EVERY_S = 600.0
LONGEST_TURN = timedelta(minutes=2)


class Memory:
    """What the desk remembers. `notify` hears the id of each conversation that was closed.

    `scheduler` runs the jobs once it is started; they give way while `busy`: by default, while a turn is under way.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        notify: Callable[[str], None] = lambda _: None,
        busy: Callable[[], bool] | None = None,
        more_jobs: Iterable[Job] = (),
        access: Access | None = None,
    ) -> None:
        self._store = store
        self.settings = settings
        self._access = access or Access()
        self._notify = notify
        self._rules = FactRules(bundled("resources/facts.toml"))
        self.scheduler = Scheduler(store, [*self._jobs(), *more_jobs], busy or self._turn_is_under_way, access=access)

    def close(self, conversation_id: str, by: ClosedBy = "person") -> Insight:
        """Close a conversation: keep what it came to and what the customer told, and bring the profile up to date.

        The profile follows a moment later where the scheduler runs. Raises `Invalid` if there is no such conversation.
        """
        if by == "person":
            self._access.need("send")
        insight = close_session(self._store, conversation_id, now(), by)
        self._after_close(insight)
        return insight

    def profile(self, customer_id: str) -> Profile:
        """The customer's profile, brought up to date first. Raises `Invalid` if there is no such customer."""
        self._store.customers.get(customer_id)
        roll_up_customers(self._store, now(), self.settings, [customer_id])
        made = self._store.profiles.find(customer_id)
        assert made is not None
        return made

    def last_sessions(self, customer_id: str, limit: int = 5) -> list[Insight]:
        """What this customer's last closed conversations came to, the newest first."""
        return self._store.insights.of_customer(customer_id, limit)

    def mood_history(self, customer_id: str) -> MoodHistory | None:
        """How this customer felt before and which tone they prefer; None while nothing is known."""
        kept = self._store.profiles.find(customer_id)
        return mood_history(kept) if kept and kept.sessions else None

    def stop(self) -> None:
        """End the jobs, close what was answered, and bring the profiles up to date that still waited for it."""
        if self.scheduler.is_started:
            self.scheduler.stop()
            for insight in close_answered(self._store, now()):
                self.learn(insight.conversation_id)
            roll_up_stale(self._store, now(), self.settings)

    # ------------------------------------------------------------ facts

    def facts(self, customer_id: str) -> list[Fact]:
        """What this customer told, newest first; of a kind that has one only, the newest."""
        return newest_of(self._store.facts.of_customer(customer_id), self._rules.one_only)

    def for_prompt(self, customer_id: str) -> list[str]:
        """What a model is told of this verified customer, some ten short lines at most: who they are to the shop, and
        what they told of themselves, the most important first. The same until a conversation is closed."""
        profile = self._store.profiles.find(customer_id)
        return [*(in_words(profile) if profile else ()), *for_prompt(self.facts(customer_id))]

    def learn(self, conversation_id: str) -> list[Fact]:
        """Keep what the writer told so far in this conversation, and return what is new."""
        return learn_facts(self._store, self._store.conversations.get(conversation_id), self._rules)

    def forget(self, fact_id: str) -> None:
        """Delete a fact for good. Raises `Invalid` if there is none."""
        self._access.need("customers")
        if not self._store.facts.delete(fact_id):
            raise Invalid(f"No fact {fact_id!r} on this desk. Open the customer again.")

    # ------------------------------------------------------------ jobs

    def _turn_is_under_way(self) -> bool:
        """Whether somebody waits for a reply; a run that was cut short counts for no longer than a turn takes."""
        return any(now() - run.started_at < LONGEST_TURN for run in self._store.runs.unfinished())

    def _jobs(self) -> list[Job]:
        return [
            Job("rollup", "Makes every customer's profile anew.", self._roll_up, hour=self.settings.rollup_hour),
            Job("profiles", "Brings changed profiles up to date.", self._roll_up_stale, every_s=EVERY_S),
            Job("silence", "Closes conversations that fell silent.", self._close_silent, every_s=EVERY_S),
        ]

    def _roll_up(self, moment: datetime) -> str:
        return f"{roll_up(self._store, moment, self.settings):,} profiles made."

    def _roll_up_stale(self, moment: datetime) -> str:
        return f"{roll_up_stale(self._store, moment, self.settings):,} profiles brought up to date."

    def _close_silent(self, moment: datetime) -> str:
        hours = self.settings.close_after_h
        closed = close_silent(self._store, moment, timedelta(hours=hours)) if hours else []
        for insight in closed:
            self._after_close(insight)
        return f"{len(closed):,} conversations closed."

    def _after_close(self, insight: Insight) -> None:
        self.learn(insight.conversation_id)
        if self.scheduler.is_started:
            self.scheduler.run_soon("profiles", DEBOUNCE_S)
        elif insight.customer_id is not None:
            roll_up_customers(self._store, now(), self.settings, [insight.customer_id])
        self._notify(insight.conversation_id)
