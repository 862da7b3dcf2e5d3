"""The window's frame: a rail of pages, the page in front, and a status bar. It never waits.

Work goes to a small pool, and news of the desk, told on whatever thread made them, arrive as a signal. Pages are made
when they are first shown; only the inbox is there at once, since drafts are prepared in it whatever is in front.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from cxdesk.ui import words
from cxdesk.ui.cheat_sheet import SHEET_KEYS, CheatSheet
from cxdesk.ui.done_bar import UNDO_KEYS
from cxdesk.ui.draft_card import EDIT_KEYS
from cxdesk.ui.guides import SECTIONS
from cxdesk.ui.help import HELP_KEYS, Help
from cxdesk.ui.inbox_page import NEWS_PAUSE_MS, InboxPage
from cxdesk.ui.language import mark, tr
from cxdesk.ui.notifier import Notifier
from cxdesk.ui.page import Command, Done, Page
from cxdesk.ui.pages import PAGES
from cxdesk.ui.palette import PALETTE_KEYS, Finding, Palette
from cxdesk.ui.places import Places
from cxdesk.ui.rail import Rail
from cxdesk.ui.sign_in import LOCK_KEYS, Door, enter, may
from cxdesk.ui.sign_in_dialogs import AccountsDialog, FirstAccountDialog, OwnPasswordDialog
from cxdesk.ui.status import StatusBar
from cxdesk.ui.theme import THEMES, Look
from cxdesk.ui.views import Label, ModelState
from cxdesk.ui.widgets import MessagePage, button, come_forward, keys
from cxdesk.ui.work import Throttle, Work, explain, log_bug

if TYPE_CHECKING:
    from cxdesk.desk import Desk
    from cxdesk.ui.customer_window import CustomerWindow
    from cxdesk.ui.first_start import FirstStart
    from cxdesk.ui.first_start_reading import FillDemo
    from cxdesk.ui.first_start_views import Progress

READERS = 3
# So much of what a person types may be lost when the program is killed.
KEEP_MS = 2_000
# Text fields of some systems take these for the caret; here they are always the window's.
ALWAYS_OURS = tuple(map(QKeySequence, (PALETTE_KEYS, EDIT_KEYS)))


class Window(QMainWindow):
    """`idle` is sent whenever all reads, decisions and drafts are done and shown."""

    idle = Signal()
    _news = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("cxdesk")
        self.setMinimumSize(940, 560)
        self.resize(1280, 800)
        self.look = look
        self.work = Work(READERS, self)
        self.desk: Desk | None = None
        self.pages: dict[str, Page] = {}
        self._hints: dict[str, str] = {}
        self._places: Places | None = None
        self._prepares = True
        self.fill_demo: FillDemo | None = None
        """Fills a desk with a shop to look around in, where the program has one."""
        self.first_start: FirstStart | None = None
        self.counter: CustomerWindow | None = None
        self._is_shown = False
        self._is_cold = False
        self._again: Callable[[], None] = lambda: None
        self._unsubscribe: Callable[[], None] = lambda: None
        self._news_pause = Throttle(lambda: self.front.refresh(), NEWS_PAUSE_MS, self)
        self._keeps = QTimer(self, interval=KEEP_MS)
        self._keeps.timeout.connect(self._keep_unsaved)
        self._make_parts()
        self._lay_out()
        self.inbox = InboxPage(look, self.work)
        self._add_page(self.inbox)
        self.front: Page = self.inbox
        self._rail.mark(self.inbox.name)
        self._connect()
        # Of the body, which is out of sight while the window is locked: then they do nothing.
        self._add_shortcuts(self._body, self.commands())
        self._follow_look()

    # ------------------------------------------------------------ opening and closing

    def open(self, open_desk: Callable[[], Desk], on_opened: Callable[[Desk], object]) -> None:
        """Open a desk on another thread, then fill the window with it. A failure is said, with a way to try again."""

        def opened(desk: Desk) -> None:
            self.take(desk)
            on_opened(desk)

        def failed(error: Exception) -> None:
            self.show_trouble(error, lambda: self.open(open_desk, on_opened))

        self._opening.say(tr("Opening the desk…"), tr("Conversations, customers and documents are being loaded."))
        self._stages.setCurrentWidget(self._opening)
        self.work.run(lambda: enter(open_desk()), opened, failed)

    def take(self, desk: Desk, *, prepare: bool = True) -> None:
        """Show this desk and follow its news, once somebody has signed in where that is asked.

        Without `prepare` no drafts are made and no language model is loaded.
        """
        self.desk = desk
        self._prepares = prepare
        if not self.door.take(desk):
            self._show_desk(desk, prepare=prepare)

    def say_network(self) -> None:
        """Whether anything may leave this PC, as the settings are now."""
        if self.desk is not None:
            settings = self.desk.settings
            endpoint = settings.fallback_url if settings.fallback != "off" else ""
            self.status.show_network(endpoint, offline=settings.offline)

    def _follow_settings(self) -> None:
        """Something was done on a page: the model or the network may be another now."""
        self.say_network()
        if self._is_cold:
            self._begin_warm_up()
        else:
            self._follow_model()

    def _follow_model(self) -> None:
        """A model that failed, or works again, is said so."""
        from cxdesk.ui.reading import model_state

        if self._prepares and self.desk is not None:
            desk = self.desk
            self.work.run(lambda: model_state(desk), self.status.show_model, log_bug, key="model")

    def _show_desk(self, desk: Desk, *, prepare: bool) -> None:
        self._is_shown = True
        self.say_network()
        self.inbox.prepares = prepare
        for page in self.pages.values():
            page.take(desk)
        self._unsubscribe = desk.subscribe(self._news.emit)
        self._stages.setCurrentWidget(self._body)
        self._follow_person()
        self._places = Places(desk.data_dir) if prepare else None
        self._keeps.start()
        self.notifier.take(desk)
        self.show_page(self._return_to_place())
        if prepare:
            self.inbox.look_for_messages()
            self._begin_first_start(desk)
        else:
            self.status.show_model(
                ModelState(Label(tr("Model not loaded")), tr("It is loaded with the first message."))
            )

    def _return_to_place(self) -> str:
        """How a person left the window, and the page that was in front."""
        if self._places is None:
            return self.front.name
        kept = self._places.kept(self.objectName())
        if isinstance(geometry := kept.get("geometry"), QByteArray):
            self.restoreGeometry(geometry)
        if self.look.chosen is None and kept.get("theme") in THEMES:
            self.look.choose(str(kept["theme"]))
        for name, page in self.pages.items():
            page.return_to(self._places.take(name))
        front = str(kept.get("page", ""))
        return front if self._may_see(front) else self.front.name

    def _keep_place(self) -> None:
        if self._places is not None:
            front = {"geometry": self.saveGeometry(), "page": self.front.name, "theme": self.look.chosen or ""}
            self._places.keep(self.objectName(), front)
            for name, page in self.pages.items():
                self._places.keep(name, page.place())
            self._places.write()

    def _keep_unsaved(self) -> None:
        """What is being written is there again even if the program is ended now."""
        if self._places is not None:
            self._places.keep_unsaved({name: page.place() for name, page in self.pages.items()})

    # ------------------------------------------------------------ who is there

    def lock(self) -> None:
        """Show nothing and do nothing until somebody signs in; all stays as it is behind that."""
        self.door.lock()

    def _close_door(self) -> None:
        """Replies on their way leave in the name of whoever wrote them, then the desk is locked too."""
        self._stages.setCurrentWidget(self.door.page)
        self.status.hide()
        self.door.page.setFocus()
        if self._is_shown:
            self.inbox.sending.flush(self.door.lock_desk, self.door.lock_desk)

    def _let_in(self) -> None:
        """Somebody has signed in."""
        desk = self.desk
        assert desk is not None, "nobody signs in without a desk"
        self.status.show()
        if not self._is_shown:
            self._show_desk(desk, prepare=self._prepares)
            return
        self._stages.setCurrentWidget(self._body)
        self._follow_person()
        self.show_page(self.front.name)

    def _follow_person(self) -> None:
        """Show what this person may do, and who they are."""
        desk = self.desk
        person = desk.access.person if desk else None
        self.status.show_person(person.name if person else "", words.role(person.role) if person else "")
        self._lock.setVisible(person is not None)
        self._rail.show_only([name for name in PAGES if self._may_see(name)])
        if not self._may_see(self.front.name):
            self.show_page(self.inbox.name)

    def _may_see(self, name: str) -> bool:
        return name in PAGES and may(self.desk, PAGES[name].right)

    def create_first_account(self) -> None:
        """Ask for the admin's account, and lock from then on."""
        if self.desk:
            FirstAccountDialog(self.look, self, self.work, self.desk, self._protected).open()

    def _protected(self) -> None:
        self.door.begin()
        self._follow_person()
        self.status.done.say(Done(tr("This desk now asks who is there")))
        if self.first_start:
            self.first_start.protected()

    def change_password(self) -> None:
        """Ask whoever is signed in for another password."""
        if self.desk:
            told = Done(tr("Your password was changed"))
            OwnPasswordDialog(self.look, self, self.work, self.desk, lambda: self.status.done.say(told)).open()

    def open_accounts(self) -> None:
        """Everybody who may sign in."""
        if self.desk:
            dialog = AccountsDialog(self.look, self, self.work, self.desk)
            dialog.finished.connect(lambda _: self._follow_person())
            dialog.open()

    def _about_people(self) -> tuple[Command, ...]:
        """What can be done about accounts now."""
        if self.desk is None:
            return ()
        if self.desk.access.person is None:
            return (Command(mark("Protect this desk with accounts"), self.create_first_account, right="accounts"),)
        return (
            Command(mark("Change my password"), self.change_password),
            Command(mark("Accounts: who may sign in"), self.open_accounts, right="accounts"),
        )

    # ------------------------------------------------------------ trouble and the end

    def show_trouble(self, error: Exception, again: Callable[[], None]) -> None:
        """The desk could not be opened: why, and what to do."""
        self._again = again
        self.trouble.say(tr("The desk could not be opened"), explain(error))
        self.status.hint("")
        self._stages.setCurrentWidget(self.trouble)

    def close_down(self) -> None:
        """Stop following the desk and end all work, so that the desk can be closed."""
        self._unsubscribe()
        self._unsubscribe = lambda: None
        self._news_pause.stop()
        self._keeps.stop()
        self.finder.pause.stop()
        self.notifier.stop()
        for page in self.pages.values():
            page.close_down()
        self._keep_place()  # once the last reply has left
        self._places = None
        if self.first_start:
            self.first_start.close_down()
        if self.counter:
            self.counter.close_down()
        self.work.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.inbox.source_view.close()
        self.cheat_sheet.close()
        self.help.close()
        if self.counter:
            self.counter.close()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_ours(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    @property
    def is_idle(self) -> bool:
        pauses_rest = all(pause.is_resting for pause in self._pauses())
        return self.work.is_idle and self.inbox.is_idle and pauses_rest

    def _pauses(self) -> tuple[Throttle, ...]:
        return self._news_pause, self.finder.pause, self.notifier.pause

    # ------------------------------------------------------------ notifications

    def _in_sight(self) -> str | None:
        """The conversation that somebody is looking at."""
        shows_it = self.isActiveWindow() and self.front is self.inbox and not self.door.is_locked
        return self.inbox.conversations.chosen_id() if shows_it else None

    def _open_wanted(self, conversation_id: str) -> None:
        come_forward(self)
        if conversation_id and not self.door.is_locked:
            self.show_page(self.inbox.name, conversation_id)

    def _count(self, waiting: int) -> None:
        self.setWindowTitle(f"({waiting}) cxdesk" if waiting else "cxdesk")
        self.notifier.count(waiting)

    # ------------------------------------------------------------ the first start

    def open_first_start(self) -> None:
        """The short path that sets a desk up, from its first open step on."""
        from cxdesk.ui.first_start_views import read_progress

        if desk := self.desk:
            self.work.run(lambda: read_progress(desk.data_dir), self._show_first_start, self.front.tell)

    def _begin_first_start(self, desk: Desk) -> None:
        """Show the path on an empty desk, and where it was left half way; else get ready for messages."""

        def begun(progress: Progress | None) -> None:
            if progress is not None and may(desk, "settings"):
                self._show_first_start(progress)
            else:
                self._warm_up()

        from cxdesk.ui.first_start_reading import begin

        self.work.run(lambda: begin(desk), begun, self.front.tell)

    def _show_first_start(self, progress: Progress) -> None:
        from cxdesk.ui.first_start import FirstStart

        assert self.desk is not None
        if self.first_start is None:
            self.first_start = FirstStart(self.look, self.work, self.desk, progress, self.fill_demo)
            self.first_start.left.connect(self._leave_first_start)
            self.first_start.account_wanted.connect(self.create_first_account)
            self._stages.addWidget(self.first_start)
        if not self.door.is_locked:
            self._stages.setCurrentWidget(self.first_start)
            self.status.hide()
            self.first_start.setFocus()

    # ------------------------------------------------------------ the customers' window

    def open_customer_window(self) -> None:
        """A window of its own for the counter, with nothing of this one in it."""
        from cxdesk.ui.customer_window import CustomerWindow

        if self.desk is None:
            return
        if self.counter is None:
            self.counter = CustomerWindow(self.look.theme.name)
            self.counter.take(self.desk)
        self.counter.show()
        self.counter.raise_()
        self.counter.activateWindow()

    def _leave_first_start(self) -> None:
        """To the pages; what a step is still fetching goes on."""
        self._stages.setCurrentWidget(self._body)
        self.status.show()
        self.show_page(self.inbox.name)
        self._warm_up()

    def _warm_up(self) -> None:
        self.status.show_model(ModelState(Label(tr("Loading the model…")), tr("Briefs are ready before it is.")))
        self._begin_warm_up()

    def _begin_warm_up(self) -> None:
        """Until it went well, it is begun anew whenever something was done: a missing model may be there by then."""
        from cxdesk.ui.reading import warm_up

        def warm(state: ModelState) -> None:
            self._is_cold = False
            self.status.show_model(state)

        def failed(error: Exception) -> None:
            self._is_cold = True
            self.inbox.tell(error, key="warm-up")
            self._follow_model()

        self.inbox.run(warm_up, warm, failed, key="warm-up")

    # ------------------------------------------------------------ pages

    def page(self, name: str) -> Page:
        """The page of this name, made at its first use."""
        if name not in self.pages:
            made = PAGES[name].load()(self.look, self.work)
            self._add_page(made)
            if self.desk:
                made.take(self.desk)
            if self._places:
                made.return_to(self._places.take(name))
        return self.pages[name]

    def show_page(self, name: str, item_id: str = "", part: str = "") -> None:
        """Bring a page to the front, showing this item, or a part of it, if one is named.

        Nothing for a page that isn't there.
        """
        if not self._may_see(name):
            return
        page = self.front = self.page(name)
        self._stack.setCurrentWidget(page)
        self._rail.mark(name)
        self.status.hint(self._hints.get(name, ""))
        if self.desk is None:
            return
        page.refresh()
        if part:
            page.reveal_part(item_id, part)
        elif item_id:
            page.reveal(item_id)
        if not self.door.is_locked:
            page.setFocus()

    def commands(self) -> tuple[Command, ...]:
        """What can be done whatever page is in front."""
        return (
            *(self._go_to(name) for name in PAGES),
            Command(mark("Find anything"), self.open_palette, PALETTE_KEYS),
            Command(mark("Help for this page"), self.show_help, HELP_KEYS),
            Command(mark("Show all keys"), self.show_keys, SHEET_KEYS),
            Command(mark("Undo"), self.undo, UNDO_KEYS),
            Command(mark("Switch between light and dark"), self.look.toggle),
            *((Command(mark("Lock"), self.lock, LOCK_KEYS),) if self._somebody_is_in() else ()),
            *self._about_people(),
            Command(mark("Open the customers' window"), self.open_customer_window),
            Command(mark("First start: set this desk up"), self.open_first_start, right="settings"),
        )

    def _go_to(self, name: str) -> Command:
        page = PAGES[name]
        said = tr("Go to {page}", page=tr(page.title))
        return Command(said, partial(self.show_page, name), page_keys(name), page.right)

    def _somebody_is_in(self) -> bool:
        return self.desk is None or self.desk.access.person is not None

    def undo(self) -> None:
        """Take back what is not final yet, else what was done last, as far as it can be."""
        if not self.front.take_back():
            self.status.done.undo()

    def open_palette(self) -> None:
        """Open the palette: the commands of the page in front, then what can be done everywhere."""
        if self.desk:
            here = [command for command in self.commands() if command.act != self.open_palette]
            offered = (command for command in (*self.front.commands(), *here) if may(self.desk, command.right))
            self.finder.open_with(
                [
                    Finding(tr("Command"), tr(command.title), command.act, keys(command.keys) if command.keys else "")
                    for command in offered
                ]
            )

    def show_help(self) -> None:
        """The guides, where they speak of the page in front."""
        self.help.open_at(SECTIONS[self.front.name])

    def show_keys(self) -> None:
        """The keys of the page in front, of the window, and of the other pages."""
        others = [page for page in self.pages.values() if page is not self.front]
        groups = {tr(self.front.title): self.front.commands(), tr("Everywhere"): self.commands()}
        groups |= {tr(page.title): page.commands() for page in others if self._may_see(page.name)}
        self.cheat_sheet.show_commands(
            {title: [each for each in group if may(self.desk, each.right)] for title, group in groups.items()}
        )

    def _find_on_desk(self, text: str) -> None:
        from cxdesk.ui.finding import Found, find_on_desk

        desk = self.desk
        assert desk is not None, "the palette opens over an open desk"

        def show(found: Sequence[Found]) -> None:
            findings = [
                Finding(each.kind, each.title, partial(self.show_page, each.page, each.id, each.part), each.note)
                for each in found
                if self._may_see(each.page)
            ]
            self.finder.show_found(text, findings)

        self.work.run(lambda: find_on_desk(desk, text), show, self.front.tell, key="palette")

    def _add_page(self, page: Page) -> None:
        self.pages[page.name] = page
        page.wants.connect(self.show_page)
        page.done.connect(self.status.done.say)
        page.done.connect(self._follow_settings)
        page.counted.connect(partial(self._rail.count, page.name))
        page.hinted.connect(partial(self._hint, page.name))
        self._stack.addWidget(page)
        self._add_shortcuts(page, page.commands())

    def _hint(self, name: str, hint: str) -> None:
        self._hints[name] = hint
        if name == self.front.name:
            self.status.hint(hint)

    def _take_back(self, done: Done) -> None:
        """Undo on the pool; the page in front shows what is so now."""
        undo = done.undo
        assert undo is not None, "only what can be undone is handed back"
        self.work.run(undo, lambda _: self.front.refresh(), lambda error: self.front.tell(error))

    def _hear_news(self, conversation_id: str) -> None:
        self.inbox.hear(conversation_id)
        self.notifier.hear()
        if self.front is not self.inbox:
            self._news_pause.ask()

    def _begin_ticket(self, conversation_id: str) -> None:
        self.show_page("tickets")
        self.front.new_from(conversation_id)

    def _tell_if_idle(self) -> None:
        if self.is_idle:
            self.idle.emit()

    # ------------------------------------------------------------ putting it together

    def _make_parts(self) -> None:
        self._rail = Rail(self.look)
        for name, page in PAGES.items():
            self._rail.add_page(name, page.title, page.icon, page_keys(name))
        self._rail.add_verb(
            "find", tr("Find"), "search", tr("Find anything ({keys})", keys=keys(PALETTE_KEYS)), self.open_palette
        )
        hint = tr("Help for this page ({keys})", keys=keys(HELP_KEYS))
        self._rail.add_verb("help", tr("Help"), "help", hint, self.show_help)
        self._lock = self._rail.add_verb(
            "lock", tr("Lock"), "lock", tr("Lock the window ({keys})", keys=keys(LOCK_KEYS)), self.lock
        )
        self._lock.hide()
        self._theme = self._rail.add_verb(
            "theme", tr("Dark"), "dark", tr("Switch between light and dark"), self.look.toggle
        )
        self.status = StatusBar(self.look)
        self._opening = MessagePage(self.look, "opening", "inbox")
        self.trouble = MessagePage(self.look, "trouble", "trouble")
        self.door = Door(self.look, self.work, self)
        self.finder = Palette(self.look, self)
        self.notifier = Notifier(self.work, self._in_sight, self)
        self.cheat_sheet = CheatSheet(self.look, self)
        self.help = Help(self.look, self)
        again = button(tr("Try again"), "tryAgain", lambda: self._again(), hint=tr("Open the desk again"), primary=True)
        self.trouble.offer(again)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._body = QWidget()
        self._body.setObjectName("body")
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(self._stack, 1)
        self._stages = QStackedWidget()
        for stage in (self._opening, self._body, self.trouble, self.door.page):
            self._stages.addWidget(stage)
        self.setCentralWidget(self._stages)
        self.setStatusBar(self.status)

    def _watch_keys(self, before: QWidget | None, after: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if after is not None and self.isAncestorOf(after):
            after.installEventFilter(self)

    def _connect(self) -> None:
        QApplication.instance().focusChanged.connect(self._watch_keys)  # type: ignore[union-attr]
        self._news.connect(self._hear_news)
        self.door.locked.connect(self._close_door)
        self.door.entered.connect(self._let_in)
        self.finder.searched.connect(self._find_on_desk)
        self._rail.chosen.connect(self.show_page)
        self.inbox.ticket_asked.connect(self._begin_ticket)
        self.inbox.sending.changed.connect(lambda _: self._keep_unsaved())
        self.inbox.counted.connect(self._count)
        self.inbox.drafting.finished.connect(lambda _: self._follow_model())
        self.notifier.wanted.connect(self._open_wanted)
        self.help.keys_wanted.connect(self.show_keys)
        self.status.done.undo_asked.connect(self._take_back)
        self.look.changed.connect(self._follow_look)
        for quiet in (self.work.idle, self.inbox.rested, *(pause.rested for pause in self._pauses())):
            quiet.connect(self._tell_if_idle)

    def _add_shortcuts(self, owner: QWidget, commands: Sequence[Command]) -> None:
        """Keys work while their owner is on screen: a page's only while it is in front."""
        for command in commands:
            if command.keys:
                shortcut = QShortcut(owner)
                shortcut.setKeys(QKeySequence.listFromString(command.keys))
                shortcut.activated.connect(partial(self._do, command))

    def _do(self, command: Command) -> None:
        """What a key stands for, by whoever may."""
        if may(self.desk, command.right):
            command.act()

    def _follow_look(self) -> None:
        self.look.dress(self)
        is_dark = self.look.theme.name == "dark"
        self._theme.show_as(tr("Light") if is_dark else tr("Dark"), "light" if is_dark else "dark")


def _is_ours(event: QKeyEvent) -> bool:
    return QKeySequence(event.keyCombination()) in ALWAYS_OURS


def page_keys(name: str) -> str:
    return f"Alt+{list(PAGES).index(name) + 1}"
