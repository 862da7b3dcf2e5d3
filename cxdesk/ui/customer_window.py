"""The customers' window: what somebody at the counter may see and do, and nothing of the staff's side.

It holds one customer's side of the desk and no page of the staff's. Left alone for a while it forgets who was there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from cxdesk.ui.customer_window_chat import ChatPage
from cxdesk.ui.customer_window_pages import HelpPage, HistoryPage, SignUpDialog, TicketsPage, identity_label
from cxdesk.ui.customer_window_reading import Talk, Writer
from cxdesk.ui.knowledge_widgets import Tabs, surface
from cxdesk.ui.language import mark, tr
from cxdesk.ui.sign_in import COUNTER, IdleWatch, enter
from cxdesk.ui.table import ChoiceBox
from cxdesk.ui.theme import Look
from cxdesk.ui.widgets import Badge, MessagePage, button, text_label
from cxdesk.ui.work import Work, explain

if TYPE_CHECKING:
    from cxdesk.assist.customer_side import CustomerSide
    from cxdesk.desk import Desk

SCALE = 1.2
READERS = 2
Result = TypeVar("Result")
FORGET_AFTER_MIN = 3
FULL_SCREEN_KEYS = "F11"
MYSELF = mark("Nobody: be a customer yourself")


class CustomerWindow(QMainWindow):
    """`idle` is sent whenever all is done and shown, `closed` when a person closed it."""

    idle = Signal()
    closed = Signal()
    _sentence = Signal(int, str)
    _news = Signal(str)

    def __init__(self, theme: str | None = None) -> None:
        super().__init__()
        self.setObjectName("customerWindow")
        self.setMinimumSize(760, 520)
        self.resize(1024, 720)
        self.look = Look(theme, self, scale=SCALE)
        self.work = Work(READERS, self)
        self.desk: Desk | None = None
        self.side: CustomerSide | None = None
        self._visit = 0
        self._over_shoulder = False
        self._unsubscribe: Callable[[], None] = lambda: None
        self.watch = IdleWatch(lambda: FORGET_AFTER_MIN, self, at_counter=True)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._follow_look()

    @property
    def is_idle(self) -> bool:
        return self.work.is_idle

    def open(self, open_desk: Callable[[], Desk], on_opened: Callable[[Desk], object]) -> None:
        """Open a desk on another thread, then serve customers. A failure is said, with what to do.

        Where there are accounts the desk stays locked meanwhile: what customers do asks for nobody.
        """

        def opened(desk: Desk) -> None:
            self.take(desk)
            on_opened(desk)
            self.work.run(lambda: warm_up(desk), lambda _: None, self._tell)

        def warm_up(desk: Desk) -> None:
            from cxdesk.ui.reading import warm_up

            warm_up(desk)

        def failed(error: Exception) -> None:
            self._trouble.say(tr("We can't help here right now"), explain(error))
            self._stages.setCurrentWidget(self._trouble)

        self._trouble.say(tr("One moment"), tr("The desk is being opened."))
        self._stages.setCurrentWidget(self._trouble)
        self.work.run(lambda: enter(open_desk()), opened, failed)

    def take(self, desk: Desk) -> None:
        """Serve the customers of this desk."""
        self.desk = desk
        self._shop = desk.settings.shop_name
        self.setWindowTitle(self._shop)
        self._title.setText(self._shop)
        self._unsubscribe = desk.subscribe(self._news.emit)
        self._stages.setCurrentWidget(self._body)
        self.start_over()
        self._read_writers()

    def start_over(self) -> None:
        """Be a new guest's, with nothing left of whoever was here before. What was written stays with the desk.

        Their conversation ends with that, unless something in it still waits for a person.
        """
        if self.side is not None and not self._over_shoulder:
            self.work.run(self.side.close, lambda _: None, self._tell)
        self.visit(None)

    def visit(self, conversation: str | None) -> None:
        """Be the window of whoever writes in this conversation; None: of a new guest."""
        desk = self.desk
        assert desk is not None, "nobody is served without a desk"
        self._visit += 1
        self.side = None
        self._over_shoulder = conversation is not None
        self.watch.timer.stop()
        for dialog in self.findChildren(SignUpDialog):
            dialog.reject()
        self.chat.welcome(self._shop)
        self.tickets.forget()
        self.history.forget()
        self.help.forget()
        self._show_who("")
        self.go("chat")
        self._run(lambda: desk.customer_side(conversation), self._begin)

    def go(self, page: str) -> None:
        """To the page of this name: 'chat', 'tickets', 'history' or 'help'."""
        self._tabs.go(page)

    def close_down(self) -> None:
        """The desk is about to be closed."""
        self._unsubscribe()
        self._unsubscribe = lambda: None
        self.watch.timer.stop()
        self.work.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if (handle := self.windowHandle()) is not None:
            handle.setProperty(COUNTER, True)

    # ------------------------------------------------------------ the conversation

    def _begin(self, side: CustomerSide) -> None:
        self.side = side
        self._read_documents("")
        if side.conversation is not None:
            self._read_talk()

    def _send(self, text: str) -> None:
        from cxdesk.ui.customer_window_reading import send

        if (side := self.side) is None:
            return
        shop, visit = self._shop, self._visit
        self.chat.show_asked(text)
        self._run(
            lambda: send(side, text, shop, lambda sentence: self._sentence.emit(visit, sentence)),
            self._show_talk,
            lambda error: self.chat.refuse(text, explain(error)),
        )

    def _hear_sentence(self, visit: int, sentence: str) -> None:
        if visit == self._visit:
            self.chat.add_sentence(sentence)

    def _hear_news(self, conversation: str) -> None:
        """Somebody else wrote here: a person at the desk, or the customer over whose shoulder one looks."""
        if self.side and self.side.conversation == conversation and not self.chat.is_waiting:
            self._read_talk()

    def _read_talk(self) -> None:
        from cxdesk.ui.customer_window_reading import talk_of

        if side := self.side:
            self._run(partial(talk_of, side, self._shop), self._show_talk)

    def _show_talk(self, talk: Talk) -> None:
        self.chat.show_talk(talk)
        self._show_who(talk.name)
        if not self._over_shoulder:
            self.watch.touch()

    def _rate(self, stars: int, comment: str) -> None:
        if side := self.side:
            reply = self.chat.reply_id
            self._run(lambda: side.rate(stars, comment, reply), lambda _: None)

    # ------------------------------------------------------------ the other pages

    def _turn(self, page: str) -> None:
        from cxdesk.ui.customer_window_reading import history_of, tickets_of

        if (side := self.side) is None:
            return
        if page == "tickets":
            self._run(partial(tickets_of, side), self.tickets.show_tickets)
        elif page == "history":
            self._run(partial(history_of, side, self._shop), self.history.show_history)

    def _read_documents(self, sought: str) -> None:
        from cxdesk.ui.customer_window_reading import documents_of, search

        if side := self.side:
            read = partial(search, side, sought) if sought else partial(documents_of, side)
            self._run(read, lambda lines: self.help.show_lines(lines, sought), key="documents")

    def _open_document(self, name: str, passage: str) -> None:
        if side := self.side:
            self._run(lambda: side.document(name).text, lambda text: self.help.show_text(text, passage), key="document")

    def sign_up(self) -> None:
        """Ask a new customer for what the shop needs to know."""
        side = self.side
        if side is None:
            return
        dialog = SignUpDialog(self.look, self)

        def signed_up(name: str) -> None:
            dialog.accept()
            self._told_up.setText(tr("Thank you, {name}. You are signed up.", name=name))
            self._told_up.show()

        def save() -> None:
            name, email, zip_code = dialog.name.text(), dialog.email.text(), dialog.zip.text()
            self._run(
                lambda: side.sign_up(name, email, zip_code).name,
                signed_up,
                lambda error: dialog.notice.say(explain(error)),
            )

        dialog.agreed.connect(save)
        dialog.open()

    # ------------------------------------------------------------ over the shoulder, in the demo

    def _read_writers(self) -> None:
        from cxdesk.ui.customer_window_reading import demo_writers

        desk = self.desk
        assert desk is not None
        self._run(lambda: demo_writers(desk), self._show_writers, key="writers", always=True)

    def _show_writers(self, writers: Sequence[Writer]) -> None:
        self._writers.clear()
        self._writers.addItem(tr(MYSELF), None)
        for writer in writers:
            self._writers.addItem(writer.name, writer.conversation)
        self._shoulder.setVisible(bool(writers))

    def _look_over(self) -> None:
        self.visit(self._writers.currentData())

    # ------------------------------------------------------------ inside

    def _run(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], object],
        otherwise: Callable[[Exception], object] | None = None,
        *,
        key: str | None = None,
        always: bool = False,
    ) -> None:
        """Work for this visit: what comes back after the customer has gone is not shown to the next one."""
        visit = self._visit

        def heard(result: Result) -> None:
            if always or visit == self._visit:
                then(result)

        def failed(error: Exception) -> None:
            if visit == self._visit:
                (otherwise or self._tell)(error)

        self.work.run(work, heard, failed, key=key)

    def _tell(self, error: Exception) -> None:
        self.chat.notice.say(explain(error))

    def _show_who(self, name: str) -> None:
        self._who.say(identity_label(name))
        self._sign_up.setVisible(not name)
        self._told_up.hide()

    def _full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def _make_parts(self) -> None:
        self._shop = ""
        self._title = text_label("title", "counterShop")
        self._who = Badge("counterWho")
        self._told_up = text_label("", "counterTold")
        self._told_up.setProperty("tone", "good")
        self._sign_up = button(tr("Sign up"), "counterSignUp", self.sign_up, hint=tr("For new customers"))
        self._over = button(tr("Start over"), "counterOver", self.start_over, hint=tr("Forget me here (Ctrl+Shift+N)"))
        self.chat = ChatPage(self.look)
        self.tickets = TicketsPage(self.look)
        self.history = HistoryPage(self.look)
        self.help = HelpPage(self.look)
        self._tabs = Tabs("counterTabs", tr("Pages"))
        for name, title, page in (
            ("chat", tr("Chat"), self.chat),
            ("tickets", tr("My tickets"), self.tickets),
            ("history", tr("Earlier conversations"), self.history),
            ("help", tr("Help pages"), self.help),
        ):
            self._tabs.add(name, title, page)
        self._writers = ChoiceBox(self.look, "counterWriters", tr("Look over the shoulder of"))
        self._shoulder = QFrame()
        self._shoulder.setObjectName("counterShoulder")
        self._shoulder.setProperty("hintbar", True)
        self._trouble = MessagePage(self.look, "counterTrouble", "inbox")

    def _connect(self) -> None:
        self._sentence.connect(self._hear_sentence)
        self._news.connect(self._hear_news)
        self.work.idle.connect(self.idle)
        self.watch.idle.connect(self.start_over)
        self.chat.sent.connect(self._send)
        self.chat.rated.connect(self._rate)
        self._tabs.turned.connect(self._turn)
        self.help.sought.connect(self._read_documents)
        self.help.opened.connect(self._open_document)
        for page in (self.tickets, self.history):
            page.chat_wanted.connect(lambda: self.go("chat"))
        self._writers.activated.connect(lambda _: self._look_over())
        self.look.changed.connect(self._follow_look)
        for sequence, act in ((FULL_SCREEN_KEYS, self._full_screen), ("Ctrl+Shift+N", self.start_over)):
            QShortcut(QKeySequence(sequence), self._body).activated.connect(act)
        for number, name in enumerate(("chat", "tickets", "history", "help"), start=1):
            QShortcut(QKeySequence(f"Alt+{number}"), self._body).activated.connect(partial(self.go, name))

    def _lay_out(self) -> None:
        far, apart = self.look.space("far"), self.look.space("apart")
        head = surface("bottom")
        column = QVBoxLayout(head)
        column.setContentsMargins(far, apart, far, 0)
        column.setSpacing(self.look.space("tight"))
        row = QHBoxLayout()
        row.setSpacing(apart)
        for said in (self._title, self._who, self._told_up):
            row.addWidget(said)
        row.addStretch(1)
        for verb in (self._sign_up, self._over):
            row.addWidget(verb)
        column.addLayout(row)
        column.addWidget(self._tabs)
        shoulder = QHBoxLayout(self._shoulder)
        shoulder.setContentsMargins(far, self.look.space("tight"), far, self.look.space("tight"))
        told = text_label("")
        told.setText(tr("Demo. Look over the shoulder of"))
        shoulder.addWidget(told)
        shoulder.addWidget(self._writers)
        shoulder.addStretch(1)
        self._shoulder.hide()
        self._body = QWidget()
        self._body.setObjectName("body")
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        for part in (self._shoulder, head):
            body.addWidget(part)
        body.addWidget(self._tabs.pages, 1)
        self._stages = QStackedWidget()
        for stage in (self._trouble, self._body):
            self._stages.addWidget(stage)
        self.setCentralWidget(self._stages)

    def _follow_look(self) -> None:
        self.look.dress(self)
