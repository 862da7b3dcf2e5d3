"""The conversation in the customers' window: what is said, sentence by sentence, a field to write in, and stars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from cxdesk.domain import now
from cxdesk.ui.customer_window_reading import YOU, Talk
from cxdesk.ui.language import mark, number, tr
from cxdesk.ui.theme import Look
from cxdesk.ui.transcript import Transcript
from cxdesk.ui.views import Bubble
from cxdesk.ui.widgets import GrowingText, MessagePage, Notice, button, icon_button, restyle, text_label

STARS = (mark("Poor"), mark("Not good"), mark("Okay"), mark("Good"), mark("Great"))
STAR = 22
OPENINGS = (
    mark("How long does shipping take?"),
    mark("How do I return something?"),
    mark("I would like to talk to a person"),
)
_ASKED, _ANSWER = "asked", "answer"


class ChatPage(QWidget):
    """`sent`: what a customer wrote. `rated`: stars, and a comment that may be empty."""

    sent = Signal(str)
    rated = Signal(int, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("chat")
        self._look = look
        self._talk = Talk(None, ())
        self._shop = ""
        self._sentences: list[str] = []
        self._asked = self._answer = Bubble("", "desk", tr(YOU), "", now())
        self.notice = Notice(look)
        self.transcript = Transcript(look)
        self.transcript.setAccessibleName(tr("Your conversation"))
        self._empty = MessagePage(look, "chatEmpty", "canned")
        self.openings = [
            button(text, f"opening{at}", partial(self.sent.emit, text)) for at, text in enumerate(map(tr, OPENINGS))
        ]
        for made in self.openings:
            self._empty.offer(made)
        self.field = GrowingText(2, 5)
        self.field.setObjectName("chatText")
        self.field.setAccessibleName(tr("Your message"))
        self.field.setPlaceholderText(tr("Write your message. Enter sends it"))
        self.field.setProperty("boxed", True)
        self.field.installEventFilter(self)
        self.act = button(tr("Send"), "chatSend", self.send, hint=tr("Send your message (Enter)"), primary=True)
        self.stars = Stars(look)
        self.stars.rated.connect(self.rated)
        self._pages = QStackedWidget()
        self._lay_out()

    def welcome(self, shop: str) -> None:
        """Begin anew, with nothing left of whoever was here before."""
        self._shop = shop
        self._talk, self._sentences = Talk(None, ()), []
        self.notice.hide()
        self.field.clear()
        self.transcript.clear()
        self.stars.hide()
        self._empty.say(
            tr("Hello, this is {shop}. How can we help?", shop=shop),
            tr(
                "Ask about your order, a product, or how we do things. For your own orders, write your e-mail address"
                " and an order number, so that we know it is you."
            ),
        )
        self._pages.setCurrentWidget(self._empty)
        self._rest()

    def show_talk(self, talk: Talk) -> None:
        """What was said so far; nothing is being written any more."""
        is_new_reply = talk.reply_id is not None and talk.reply_id != self._talk.reply_id
        self._talk, self._sentences = talk, []
        self._show(talk.bubbles)
        if is_new_reply:
            self.stars.ask()
        if talk.waits_for_person:
            self.notice.say(tr("A colleague has your conversation and will answer you here."))
        else:
            self.notice.hide()
        self._rest()

    def show_asked(self, text: str) -> None:
        """The message is on its way to the desk."""
        self.notice.hide()
        self.stars.hide()
        self.field.clear()
        self.act.setEnabled(False)
        self._sentences = []
        self._asked = Bubble(_ASKED, "desk", tr(YOU), text, now())
        self._answer = Bubble(_ANSWER, "customer", self._shop, "…", now())
        self._show((*self._talk.bubbles, self._asked, self._answer))

    def add_sentence(self, sentence: str) -> None:
        """A sentence of the reply may be shown."""
        if self.is_waiting:
            self._sentences.append(sentence.strip())
            answer = replace(self._answer, text=" ".join(self._sentences))
            self._show((*self._talk.bubbles, self._asked, answer))

    def refuse(self, text: str, sentence: str) -> None:
        """The message could not be taken: why, and the text back to change it."""
        self._show(self._talk.bubbles)
        self._rest()
        self.field.setPlainText(text)
        self.notice.say(sentence)

    @property
    def reply_id(self) -> str | None:
        """The newest reply's id."""
        return self._talk.reply_id

    @property
    def is_waiting(self) -> bool:
        return not self.act.isEnabled()

    def send(self) -> None:
        text = self.field.toPlainText().strip()
        if text and not self.is_waiting:
            self.sent.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.send()
                return True
        return super().eventFilter(watched, event)

    def _rest(self) -> None:
        self.act.setEnabled(True)
        self.field.setFocus()

    def _show(self, bubbles: Sequence[Bubble]) -> None:
        self._pages.setCurrentWidget(self.transcript if bubbles else self._empty)
        self.transcript.show_messages("talk", bubbles)
        self.transcript.scrollToBottom()

    def _lay_out(self) -> None:
        far, apart = self._look.space("far"), self._look.space("apart")
        for page in (self._empty, self.transcript):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(far, apart, far, far)
        column.setSpacing(apart)
        column.addWidget(self._pages, 1)
        column.addWidget(self.stars)
        column.addWidget(self.notice)
        row = QHBoxLayout()
        row.setSpacing(apart)
        row.addWidget(self.field, 1)
        row.addWidget(self.act, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)


class Stars(QFrame):
    """How good the last reply was, in stars with words. `rated` is sent with the stars, and again with a comment."""

    rated = Signal(int, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("stars")
        self._look = look
        self._chosen = 0
        self._said = text_label("", "starsSaid")
        self.buttons = [
            icon_button(
                f"star{stars}",
                tr("{stars} of 5: {word}", stars=number(stars), word=word),
                word,
                partial(self._choose, stars),
            )
            for stars, word in enumerate(map(tr, STARS), start=1)
        ]
        self.comment = QLineEdit(placeholderText=tr("What should we do better? (if you like)"))
        self.comment.setObjectName("starsComment")
        self.comment.setAccessibleName(tr("Comment on this answer"))
        self.comment.setMaxLength(2000)
        self.comment.returnPressed.connect(self._tell)
        self._send = button(tr("Tell us"), "starsTell", self._tell)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space("tight"))
        row.addWidget(self._said)
        for made in self.buttons:
            made.setIconSize(QSize(STAR, STAR))
            row.addWidget(made)
        row.addWidget(self.comment, 1)
        row.addWidget(self._send)
        row.addStretch(0)
        look.changed.connect(self._show)
        self.hide()

    def ask(self) -> None:
        """Ask about the newest reply."""
        self._chosen = 0
        self.comment.clear()
        self._said.setText(tr("How was this answer?"))
        for part in (self.comment, self._send):
            part.hide()
        for made in self.buttons:
            made.show()
        self._show()
        self.show()

    def said(self) -> str:
        return self._said.text()

    def thank(self) -> None:
        """All is told."""
        for part in (self.comment, self._send):
            part.hide()
        self._said.setText(_thanks(self._chosen))

    def _choose(self, stars: int) -> None:
        self._chosen = stars
        self._said.setText(_thanks(stars))
        for part in (self.comment, self._send):
            part.show()
        self._show()
        self.rated.emit(stars, "")

    def _tell(self) -> None:
        if text := self.comment.text().strip():
            self.rated.emit(self._chosen, text)
            self.thank()

    def _show(self) -> None:
        for stars, made in enumerate(self.buttons, start=1):
            is_lit = stars <= self._chosen
            made.setIcon(self._look.pixmap("starred" if is_lit else "star", "accent" if is_lit else "muted", STAR))
            restyle(made, lit=is_lit)


def _thanks(stars: int) -> str:
    return tr("{word}. Thank you!", word=tr(STARS[stars - 1]))
