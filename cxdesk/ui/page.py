"""What the window asks of each of its pages, and what a page may ask of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cxdesk.ui.language import tr
from cxdesk.ui.pages import PAGES
from cxdesk.ui.rights import Rights
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import Notice
from cxdesk.ui.work import Work, explain

if TYPE_CHECKING:
    from cxdesk.access import Right
    from cxdesk.desk import Desk

Result = TypeVar("Result")


@dataclass(frozen=True)
class Command:
    """Something a person can do on a page: found by its title in the palette, done by its keys if it has any.

    `title` is a marked text, looked up where it is shown, or one that was put together in the window's language.
    Several `keys` for one thing are parted by '; '. Whoever lacks the `right` neither sees it nor can do it.
    """

    title: str
    act: Callable[[], object]
    keys: str = ""
    right: Right | None = None


@dataclass(frozen=True)
class Done:
    """What was just done, in one sentence. `undo`, done on the window's pool, takes it back; None: it can't be."""

    sentence: str
    undo: Callable[[], object] | None = None


class Page(QWidget):
    """One page of the window. It reads and writes on the window's pool through `run`, never on the window's thread.

    Where the focus goes when the page is shown is said in `focusInEvent`, not by a focus proxy, which takes the proxy's
    siblings out of the order of Tab.

    `name` is its object name, its name in `pages.PAGES`, and the name of its picture in the tour.
    """

    name: ClassVar[str]

    wants = Signal(str, str)
    """Another page's name, and the id of what it should show: ("inbox", conversation id)."""
    done = Signal(object)
    """A `Done`: the window says it at its lower edge, with Undo where it can be undone."""
    counted = Signal(int)
    """How many things wait on this page for a person: the rail shows it."""
    hinted = Signal(str)
    """The keys that are of use now: the status bar shows them while this page is in front."""

    def __init__(self, look: Look, work: Work) -> None:
        super().__init__()
        self.setObjectName(self.name)
        self.look = look
        self.work = work
        self.notice = Notice(look)
        """Says what went wrong; the page gives it a place, usually its top."""
        self.rights = Rights(self)
        self.desk: Desk | None = None
        self._told: tuple[str | None, str] = (None, "")
        self.done.connect(self.notice.hide)

    @property
    def title(self) -> str:
        return tr(PAGES[self.name].title)

    @property
    def is_idle(self) -> bool:
        """Whether all that it asked for is done, also what goes on behind it."""
        return self.work.is_idle

    @property
    def by(self) -> str | None:
        """The person at the desk; None for the owner, who has no name."""
        return self.desk.access.name if self.desk else None

    def take(self, desk: Desk) -> None:
        """Belong to this desk from now on. Nothing is read before the page is shown."""
        self.desk = desk
        self.rights.ask(desk.access.may)

    def refresh(self) -> None:
        """Read again what is shown: the page came to the front, or the desk told news while it was there.

        A person's place, choice and unsaved words stay.
        """
        self.rights.follow()

    def reveal(self, item_id: str) -> None:
        """Show this item (a ticket's, a customer's, a document's id)."""

    def reveal_part(self, item_id: str, part: str) -> None:
        """Show this item with a part of it in sight, such as a customer's order, where the page knows such parts."""
        self.reveal(item_id)

    def new_from(self, item_id: str) -> None:
        """Begin something new from an item of another page, such as a ticket from a conversation."""

    def commands(self) -> Sequence[Command]:
        """What can be done here. Asked once for the keys, and whenever the palette opens."""
        return ()

    def take_back(self) -> bool:
        """Undo what is not final yet, such as a reply on its way; whether there was anything."""
        return False

    def place(self) -> Mapping[str, object]:
        """What brings a person back to where they were and to the widths they chose; kept when the window closes."""
        return {}

    def return_to(self, place: Mapping[str, object]) -> None:
        """Be as `place` said when the window was closed; it may be of another version, or of a larger screen."""

    def close_down(self) -> None:
        """The desk is about to be closed: finish or end what goes on of its own."""

    def sights(self) -> Iterator[tuple[str, QWidget]]:
        """For the tour: bring up one state or dialog after the other, each with a name and what to picture."""
        yield self.name, self

    def run(
        self,
        work: Callable[[Desk], Result],
        on_success: Callable[[Result], None],
        on_failure: Callable[[Exception], None] | None = None,
        *,
        key: str | None = None,
    ) -> None:
        """Do `work` on the pool, then hear its result here. Of all with the same `key` only the newest is heard.

        What `tell` said of a work with a `key` goes when that work is done well again.
        """
        desk = self.desk
        assert desk is not None, "nothing is asked of a desk that is not open"

        def succeeded(result: Result) -> None:
            if key and self._told == (key, self.notice.text()):
                self.notice.hide()
            on_success(result)

        def failed(error: Exception) -> None:
            if on_failure:
                on_failure(error)
            else:
                self.tell(error, key=key)

        self.work.run(lambda: work(desk), succeeded, failed, key=key and f"{self.name}.{key}")

    def tell(self, error: Exception, *, key: str | None = None) -> None:
        """Say what went wrong in the page's notice, until something is done on the page, or the work `key` succeeds."""
        sentence = explain(error)
        self._told = (key, sentence)
        self.notice.say(sentence)
