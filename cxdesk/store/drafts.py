"""Drafts: replies that wait for a person's decision."""

from __future__ import annotations

from datetime import datetime

from rapidfuzz import fuzz

from cxdesk.domain import Draft, DraftState, Invalid, Record, Refused, new_id, now
from cxdesk.store.database import Database

_SELECT = "SELECT * EXCLUDE (seq, kept, decided_by) FROM drafts"


class Verdict(Record):
    """What a person did with a draft. `kept` is how much of it was sent, 0..1; None when nothing was."""

    state: DraftState
    kept: float | None = None
    by: str | None = None
    reason: str | None = None


class Tally(Record):
    """How often something was offered, and used. An edited draft counts by the share of it that was kept."""

    offered: int = 0
    used: float = 0.0


class Drafts:
    def __init__(self, database: Database) -> None:
        self._db = database

    def create(self, conversation_id: str, run_id: str, text: str) -> Draft:
        """Propose a reply."""
        draft = Draft(id=new_id("d"), conversation_id=conversation_id, run_id=run_id, text=text, created_at=now())
        self._db.insert("drafts", [dict(draft)])
        return draft

    def find(self, draft_id: str) -> Draft | None:
        row = self._db.row(_SELECT + " WHERE id = ?", draft_id)
        return Draft.model_validate(row) if row else None

    def decide(
        self,
        draft_id: str,
        state: DraftState,
        sent_text: str | None = None,
        reason: str | None = None,
        by: str | None = None,
    ) -> Draft:
        """Approve, edit or reject a proposed draft, once. An approved one is sent as it stands.

        Who decided, and how much of the draft was sent, is kept beside it for `verdict`.
        Raises `Invalid` if there is no such draft or an edited one has no text, `Refused` if it was decided before.
        """
        with self._db.transaction():
            decided = _decided(self._proposed(draft_id), state, sent_text, reason)
            self._db.write(
                "UPDATE drafts SET state = ?, sent_text = ?, reason = ?, decided_at = ?, kept = ?, decided_by = ?"
                " WHERE id = ?",
                *(decided.state, decided.sent_text, decided.reason, decided.decided_at),
                *(share_kept(decided), by, draft_id),
            )
        return decided

    def has_of_run(self, run_id: str) -> bool:
        """Whether there was a draft for the run before."""
        return bool(self._db.rows("SELECT 1 FROM drafts WHERE run_id = ? LIMIT 1", run_id))

    def open_for(self, conversation_id: str) -> Draft | None:
        """The newest draft of the conversation that still waits."""
        row = self._db.row(
            _SELECT + " WHERE conversation_id = ? AND state = 'proposed' ORDER BY drafts.seq DESC LIMIT 1",
            conversation_id,
        )
        return Draft.model_validate(row) if row else None

    def waiting(self, made_before: datetime, limit: int = 200) -> list[Draft]:
        """The drafts made before that moment on whose decision a conversation waits, the oldest first."""
        rows = self._db.rows(
            _SELECT + " SEMI JOIN conversations c ON conversation_id = c.id AND c.state = 'waiting'"
            " WHERE drafts.state = 'proposed' AND drafts.created_at < ? ORDER BY drafts.seq LIMIT ?",
            made_before,
            limit,
        )
        return [Draft.model_validate(row) for row in rows]

    def verdict(self, draft_id: str) -> Verdict | None:
        """What became of a draft; None while it waits, or if there is none."""
        row = self._db.row(
            "SELECT state, kept, decided_by AS by, reason FROM drafts WHERE id = ? AND state != 'proposed'", draft_id
        )
        return Verdict.model_validate(row) if row else None

    def count_offer(self, kind: str, intent: str, used: float) -> None:
        """Count that a suggestion of this kind was offered for the intent, and how much of it was used, 0..1."""
        with self._db.transaction():
            changed = self._db.write(
                "UPDATE offers SET offered = offered + 1, used = used + ? WHERE kind = ? AND intent = ? RETURNING kind",
                *(used, kind, intent),
            )
            if not changed:
                self._db.insert("offers", [{"kind": kind, "intent": intent, "offered": 1, "used": used}])

    def tallies(self, intent: str) -> dict[str, Tally]:
        """What became of the suggestions for an intent, by their kind."""
        rows = self._db.rows("SELECT kind, offered, used FROM offers WHERE intent = ?", intent)
        return {row["kind"]: Tally(offered=row["offered"], used=row["used"]) for row in rows}

    def _proposed(self, draft_id: str) -> Draft:
        draft = self.find(draft_id)
        if draft is None:
            raise Invalid(f"No draft {draft_id!r} on this desk. Open the conversation again.")
        if draft.state is not DraftState.proposed:
            raise Refused(f"The draft {draft_id!r} is {draft.state.value} already. Open the conversation again.")
        return draft


def share_kept(draft: Draft) -> float | None:
    """How much of a decided draft was sent, 0..1, by letters that stayed; None when nothing was sent."""
    return None if draft.sent_text is None else round(fuzz.ratio(draft.text, draft.sent_text) / 100, 3)


def _decided(draft: Draft, state: DraftState, sent_text: str | None, reason: str | None) -> Draft:
    if state is DraftState.proposed:
        raise Invalid(f"A decision on draft {draft.id!r} can't be 'proposed'. Approve, edit or reject it.")
    if state is DraftState.edited and not sent_text:
        raise Invalid(f"The edited draft {draft.id!r} has no text. Write something, or reject it.")
    sent = {DraftState.approved: sent_text or draft.text, DraftState.edited: sent_text}.get(state)
    return draft.model_copy(update={"state": state, "sent_text": sent, "reason": reason, "decided_at": now()})
