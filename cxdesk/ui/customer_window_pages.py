"""The customers' own tickets and conversations, and the shop's documents for everybody."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from cxdesk.domain import now
from cxdesk.ui import words
from cxdesk.ui.customer_window_reading import DocumentLine, PastTalk, TicketRow
from cxdesk.ui.knowledge_widgets import MarkdownView
from cxdesk.ui.language import mark, plural, tr
from cxdesk.ui.sign_in import labelled
from cxdesk.ui.table import Column, TableRows, TableView
from cxdesk.ui.theme import Look
from cxdesk.ui.ticket_dialogs import Ask, field
from cxdesk.ui.transcript import Transcript
from cxdesk.ui.views import Label
from cxdesk.ui.widgets import MessagePage, button, text_label

LIST_WIDTH = 320


class OwnPage(QWidget):
    """Something of the customer's own, once the desk knows who is writing. `chat_wanted`: to the chat, to prove it."""

    chat_wanted = Signal()

    def __init__(self, look: Look, name: str, icon: str, unknown: str) -> None:
        """`unknown` is said, as it is marked, while nobody knows whose to show."""
        super().__init__()
        self.setObjectName(name)
        self.look = look
        self._unknown = unknown
        self._message = MessagePage(look, f"{name}Message", icon)
        self.to_chat = button(tr("Go to the chat"), f"{name}Chat", self.chat_wanted.emit, primary=True)
        self._message.offer(self.to_chat)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._message)
        column = QVBoxLayout(self)
        far = look.space("far")
        column.setContentsMargins(far, look.space("apart"), far, far)
        column.addWidget(self.pages)
        self.forget()

    def forget(self) -> None:
        """Show nobody's."""
        self._message.say(
            tr(self._unknown),
            tr(
                "Write your e-mail address and one of your order numbers in the chat. That is how we make sure that"
                " nobody else sees what is yours."
            ),
        )
        self.pages.setCurrentWidget(self._message)

    def say_none(self, title: str, text: str) -> None:
        self._message.say(title, text)
        self.pages.setCurrentWidget(self._message)


_COLUMNS: tuple[Column[TicketRow], ...] = (
    Column("subject", mark("What it is about"), lambda row: row.subject, is_strong=True, least=16, can_sort=False),
    Column("state", mark("How it stands"), lambda row: row.state.text, width=24, tone=lambda row: row.state.tone,
           can_sort=False),
    Column("order", mark("Order"), lambda row: row.order, width=11, gives_way=2, can_sort=False),
    Column("touched", mark("Last step"),
           lambda row: words.day(row.touched_at, now().astimezone()) if row.touched_at else "",
           width=12, gives_way=1, is_quiet=True, can_sort=False),
    Column("id", mark("Number"), lambda row: row.id, width=11, gives_way=3, is_quiet=True, can_sort=False),
)  # fmt: skip


class TicketsPage(OwnPage):
    def __init__(self, look: Look) -> None:
        super().__init__(look, "ownTickets", "tickets", mark("Your tickets appear here once we know it is you"))
        self.rows: TableRows[TicketRow] = TableRows(lambda row: row.id, _COLUMNS, self)
        self.view = TableView(look, self.rows, "ownTicketList", tr("Your tickets"))
        self.pages.addWidget(self.view)

    def forget(self) -> None:
        super().forget()
        if self.pages.count() > 1:
            self.rows.show(())

    def show_tickets(self, tickets: Sequence[TicketRow] | None) -> None:
        """The customer's tickets; None while the desk doesn't know who is writing."""
        if tickets is None:
            self.forget()
        elif not tickets:
            self.say_none(tr("You have no tickets"), tr("Tell us in the chat what is wrong, and we open one for you."))
        else:
            self.rows.show(tickets)
            self.pages.setCurrentWidget(self.view)


class HistoryPage(OwnPage):
    def __init__(self, look: Look) -> None:
        unknown = mark("Your earlier conversations appear here once we know it is you")
        super().__init__(look, "ownHistory", "inbox", unknown)
        self._talks: tuple[PastTalk, ...] = ()
        self.list = _list("ownHistoryList", tr("Your earlier conversations"))
        self.transcript = Transcript(look)
        self.transcript.setObjectName("ownHistoryTalk")
        self.transcript.setAccessibleName(tr("What was said"))
        self.list.currentRowChanged.connect(self._show_talk)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space("far"))
        row.addWidget(self.list)
        row.addWidget(self.transcript, 1)
        self._both = both
        self.pages.addWidget(both)

    def forget(self) -> None:
        super().forget()
        if self.pages.count() > 1:
            self._talks = ()
            self.list.clear()
            self.transcript.clear()

    def show_history(self, talks: Sequence[PastTalk] | None) -> None:
        """The customer's earlier conversations; None while the desk doesn't know who is writing."""
        if talks is None:
            self.forget()
        elif not talks:
            self.say_none(
                tr("This is your first conversation with us"), tr("What you write in the chat stays here for you.")
            )
        else:
            self._talks = tuple(talks)
            self.list.clear()
            for talk in talks:
                day = words.day(talk.opened_at, now().astimezone())
                self.list.addItem(QListWidgetItem(f"{day}  ·  {' '.join(talk.began.split())}"))
            self.list.setCurrentRow(0)
            self.pages.setCurrentWidget(self._both)

    def _show_talk(self, row: int) -> None:
        if 0 <= row < len(self._talks):
            self.transcript.show_messages(self._talks[row].id, self._talks[row].bubbles)


class HelpPage(QWidget):
    """The documents for everybody. `sought` carries the words of a search, `opened` a document's name and a passage."""

    sought = Signal(str)
    opened = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("help")
        self._look = look
        self.field = QLineEdit(placeholderText=tr("What would you like to know? Enter searches"))
        self.field.setObjectName("helpSearch")
        self.field.setAccessibleName(tr("Search our pages"))
        self.field.setClearButtonEnabled(True)
        self.field.returnPressed.connect(self.search)
        self.field.textChanged.connect(self._follow_text)
        self._told = text_label("small", "helpTold", wraps=True)
        self.list = _list("helpList", tr("Our pages"))
        self.list.currentItemChanged.connect(lambda *_: self._open())
        self.view = MarkdownView(look, "helpText", tr("The page"))
        self._empty = MessagePage(look, "helpEmpty", "document")
        self._right = QStackedWidget()
        for part in (self._empty, self.view):
            self._right.addWidget(part)
        self._lay_out()
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.field.clear()
        self._empty.say(
            tr("Our pages for you"), tr("Choose one at the left, or search for what you would like to know.")
        )
        self._right.setCurrentWidget(self._empty)

    def search(self) -> None:
        self.sought.emit(" ".join(self.field.text().split()))

    def show_lines(self, lines: Sequence[DocumentLine], sought: str) -> None:
        """All documents, or what a search found."""
        self.list.blockSignals(True)
        self.list.clear()
        for line in lines:
            item = QListWidgetItem(line.title if not line.excerpt else f"{line.title}\n{_short(line.excerpt)}")
            item.setData(Qt.ItemDataRole.UserRole, line)
            self.list.addItem(item)
        self.list.blockSignals(False)
        found = plural("{n} place found", "{n} places found", len(lines))
        self._told.setText(found if sought else tr("All our pages"))
        if not lines:
            self._told.setText(
                tr("Nothing was found. Ask us in the chat.") if sought else tr("There are no pages yet.")
            )
            self._right.setCurrentWidget(self._empty)
        elif sought:
            self.list.setCurrentRow(0)

    def show_text(self, markdown: str, passage: str = "") -> None:
        """A document, from the passage on that was found."""
        self.view.show_text(markdown)
        self._right.setCurrentWidget(self.view)
        self.view.moveCursor(QTextCursor.MoveOperation.Start)
        if passage:
            self.view.find(passage)
        cursor = self.view.textCursor()
        below = self.view.cursorRect(cursor).top() - 3 * self._look.space("far")
        self.view.verticalScrollBar().setValue(self.view.verticalScrollBar().value() + below)

    def _follow_text(self, text: str) -> None:
        """An emptied field brings all documents back."""
        if not text:
            self.sought.emit("")

    def _open(self) -> None:
        if (item := self.list.currentItem()) is not None:
            line: DocumentLine = item.data(Qt.ItemDataRole.UserRole)
            self.opened.emit(line.name, line.begins)

    def _lay_out(self) -> None:
        far, apart = self._look.space("far"), self._look.space("apart")
        left = QVBoxLayout()
        left.setSpacing(self._look.space("near"))
        for part in (self.field, self._told):
            left.addWidget(part)
            part.setFixedWidth(LIST_WIDTH)
        left.addWidget(self.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(far, apart, far, far)
        row.setSpacing(far)
        row.addLayout(left)
        row.addWidget(self._right, 1)


class SignUpDialog(Ask):
    """A customer whom the shop doesn't know yet."""

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(
            look,
            host,
            "signUp",
            tr("Sign up with us"),
            tr(
                "So that your orders find you. To see orders that you have already, prove who you are in the chat"
                " instead."
            ),
            tr("Sign up"),
        )
        self.name = field("signUpName", tr("Name"))
        self.email = field("signUpEmail", tr("E-mail address"))
        self.zip = field("signUpZip", tr("Postal code"))
        for title, control in (
            (tr("Name"), self.name),
            (tr("E-mail address"), self.email),
            (tr("Postal code"), self.zip),
        ):
            self.body.addLayout(labelled(title, control, look))
        self.name.setFocus()


def identity_label(name: str) -> Label:
    """Who is in front of the window, as far as the desk knows."""
    return Label(tr("You are {name}", name=name), "good") if name else Label(tr("Guest"), "quiet")


def _list(name: str, accessible: str) -> QListWidget:
    made = QListWidget()
    made.setObjectName(name)
    made.setAccessibleName(accessible)
    made.setProperty("boxed", True)
    made.setFixedWidth(LIST_WIDTH)
    made.setWordWrap(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    return made


def _short(text: str, most: int = 90) -> str:
    line = " ".join(text.replace("#", " ").split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
