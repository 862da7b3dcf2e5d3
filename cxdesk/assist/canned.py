"""Saved replies for the person at the desk: written, brought in from a file and out to one, and filled."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from cxdesk.access import Access
from cxdesk.assist.variables import VARIABLES, Filled, fill, values_of, variables_in
from cxdesk.domain import CannedReply, Invalid, KeptReply, Order, Overtaken
from cxdesk.store import Store

_SHORTCUT = re.compile(r"[\w-]{1,40}")
# Among so many customers one is looked for whose order fills the most variables.
_LOOKED_THROUGH = 40


class SavedReplies:
    """The room of saved replies: whoever may change them does it here."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    def save(self, reply: CannedReply, before: CannedReply | None = None) -> CannedReply:
        """See `save_canned`."""
        self._access.need("replies")
        return save_canned(self._store, reply, before)

    def remove(self, shortcut: str) -> KeptReply:
        """See `remove_canned`."""
        self._access.need("replies")
        return remove_canned(self._store, shortcut)

    def take(self, file: Path) -> int:
        """See `import_canned`."""
        self._access.need("replies")
        return import_canned(self._store, file)

    def restore(self, kept: Sequence[KeptReply]) -> None:
        """Put replies back with their use, as they were."""
        self._access.need("replies")
        with self._store.transaction():
            for one in kept:
                self._store.canned.restore(one)

    def go_back_to(self, kept: Sequence[KeptReply]) -> None:
        """Have these replies and no others."""
        self._access.need("replies")
        known = {one.reply.shortcut for one in kept}
        with self._store.transaction():
            for reply in self._store.canned.all():
                if reply.shortcut not in known:
                    self._store.canned.remove(reply.shortcut)
            self.restore(kept)


def read_canned(file: Path) -> list[CannedReply]:
    """The saved replies of a TOML file: tables [[reply]] with shortcut, title, category and text.

    Raises `Invalid` naming the file and the reply that can't be used, or a shortcut that stands twice.
    """
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8")).get("reply", [])
    except (OSError, ValueError) as error:
        raise Invalid(f"The saved replies in {str(file)!r} can't be read: {error}. Mend the file.") from error
    if not isinstance(tables, list) or not tables:
        raise Invalid(f"The file {str(file)!r} holds no saved replies. Write each under a line [[reply]].")
    replies = [_reply(file, number, table) for number, table in enumerate(tables, start=1)]
    seen: set[str] = set()
    for reply in replies:
        if reply.shortcut.lower() in seen:
            raise Invalid(f"The shortcut {reply.shortcut!r} stands twice in {str(file)!r}. Rename one of the two.")
        seen.add(reply.shortcut.lower())
    return replies


def import_canned(store: Store, file: Path) -> int:
    """Take over the saved replies of a TOML file; those with a known shortcut are replaced. How many there were."""
    known = {reply.shortcut.lower(): reply.shortcut for reply in store.canned.all()}
    replies = [
        reply.model_copy(update={"shortcut": known.get(reply.shortcut.lower(), reply.shortcut)})
        for reply in read_canned(file)
    ]
    store.canned.put_many(replies)
    return len(replies)


def write_canned(replies: Iterable[CannedReply]) -> str:
    """The saved replies as a TOML file that `read_canned` reads back as they are."""
    return "\n".join(
        "[[reply]]\n" + "".join(f"{name} = {_toml(value)}\n" for name, value in reply) for reply in replies
    )


def shortcut_trouble(shortcut: str, taken: Iterable[str]) -> str | None:
    """Why a saved reply can't be called so beside those with the `taken` shortcuts, in one sentence; None if it can."""
    if not shortcut:
        return "Give it a shortcut: what is typed after '/' to bring it."
    if not _SHORTCUT.fullmatch(shortcut):
        return f"The shortcut {shortcut!r} can't be typed after '/'. Use up to 40 letters, digits, '-' and '_'."
    if shortcut.lower() in {other.lower() for other in taken}:
        return f"The shortcut {shortcut!r} is taken by another saved reply. Choose another one."
    return None


def save_canned(store: Store, reply: CannedReply, before: CannedReply | None = None) -> CannedReply:
    """Keep a saved reply that a person wrote: a new one, or in place of `before`, whose use goes along.

    Raises `Invalid` for one without title, text or a shortcut of its own, `Overtaken` when `before` is no longer
    what stands there. Nothing is changed then.
    """
    reply = CannedReply(
        shortcut=reply.shortcut.strip().removeprefix("/"),
        title=" ".join(reply.title.split()),
        category=" ".join(reply.category.split()).lower() or "general",
        text=reply.text.strip(),
    )
    if not reply.title or not reply.text:
        raise Invalid(f"The saved reply {reply.shortcut!r} needs a title and a text. Write both, then save.")
    with store.transaction():
        if before is not None and store.canned.find(before.shortcut) != before:
            raise Overtaken(
                f"The saved reply {before.shortcut!r} was changed by somebody else since you began. "
                "Copy your text, discard, and write it into the new one."
            )
        others = (kept.shortcut for kept in store.canned.all() if before is None or kept.shortcut != before.shortcut)
        if trouble := shortcut_trouble(reply.shortcut, others):
            raise Invalid(trouble)
        if before is not None and before.shortcut != reply.shortcut:
            store.canned.rename(before.shortcut, reply.shortcut)
        store.canned.put(reply)
        if before is not None and before.text != reply.text:
            # Whoever wrote the text anew has looked at it; what it rests on is noted again by itself.
            store.gaps.dismiss("canned", reply.shortcut)
    return reply


def remove_canned(store: Store, shortcut: str) -> KeptReply:
    """Forget a saved reply, and return it with its use, to be restored. Raises `Invalid` if there is none."""
    with store.transaction():
        kept = next((one for one in store.canned.kept() if one.reply.shortcut == shortcut), None)
        store.canned.remove(shortcut)
    assert kept is not None
    return kept


def free_shortcut(shortcut: str, taken: Iterable[str]) -> str:
    """The shortcut with a number behind it that makes it the only one."""
    known = {other.lower() for other in taken}
    return next(name for number in range(2, len(known) + 3) if (name := f"{shortcut}{number}").lower() not in known)


def unknown_variables(text: str) -> tuple[str, ...]:
    """The variables of a text that nothing will ever fill."""
    return tuple(name for name in variables_in(text) if re.sub(r"\s+", "_", name) not in VARIABLES)


def example_values(store: Store, *, shop_name: str, agent_name: str, locale: str) -> dict[str, str]:
    """Values to try saved replies with: those of the customer of the shop whose order fills the most variables."""
    best: dict[str, str] = {"shop_name": shop_name, "agent_name": agent_name}
    customers = store.customers.all(_LOOKED_THROUGH)
    ids = [customer.id for customer in customers]
    orders = store.orders.of_customers(ids, each=3)
    newest = {ticket.customer_id: ticket for ticket in reversed(store.tickets.of_customers(ids))}
    for customer in customers:
        theirs: list[Order | None] = [*orders.get(customer.id, ())]
        for order in theirs or [None]:
            values = values_of(
                customer=customer,
                order=order,
                ticket=newest.get(customer.id),
                product=order.items[0].product_name if order and order.items else None,
                shop_name=shop_name,
                agent_name=agent_name,
                locale=locale,
            )
            best = max(best, values, key=len)
    return best


def _toml(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's too, but for the delete character. Line breaks stay line breaks."""
    lines = [json.dumps(line, ensure_ascii=False)[1:-1].replace("\x7f", "\\u007f") for line in text.split("\n")]
    return f'"{lines[0]}"' if len(lines) == 1 else '"""\n' + "\n".join(lines) + '"""'


def render(store: Store, shortcut: str, values: Mapping[str, str]) -> Filled:
    """A saved reply filled for a customer. Raises `Invalid` if there is none with this shortcut."""
    reply = store.canned.find(shortcut)
    if reply is None:
        raise Invalid(f"No saved reply {shortcut!r} on this desk. Look its shortcut up in the list of saved replies.")
    return fill(reply.text, values)


def _reply(file: Path, number: int, table: object) -> CannedReply:
    try:
        reply = CannedReply.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "reply"
        raise Invalid(
            f"Saved reply {number} in {str(file)!r} can't be used: {field!r}: {first['msg'].lower()}. Mend it."
        ) from error
    if not _SHORTCUT.fullmatch(reply.shortcut) or not reply.text.strip():
        raise Invalid(
            f"Saved reply {number} in {str(file)!r} needs a text, and a shortcut of letters, digits, '-' and '_' "
            "without spaces. Mend it."
        )
    return reply
