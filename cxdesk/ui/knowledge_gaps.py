"""What customers asked and the documents did not answer, by topic; one click begins a document for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from cxdesk.domain import KnowledgeGap, now
from cxdesk.ui.knowledge_reading import gap_line
from cxdesk.ui.knowledge_widgets import surface
from cxdesk.ui.language import mark, number, tr
from cxdesk.ui.table import Column, TableRows, TableView
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Label
from cxdesk.ui.widgets import Badge, MessagePage, as_tool_tip, button, text_label

_KINDS = {
    "no_answer": mark("no document answered"),
    "data_gap": mark("handed over for want of an answer"),
    "ungrounded": mark("no supported reply could be written"),
    "rejected": mark("a draft was thrown away"),
}


class GapsPane(QWidget):
    """`started`: the beginning of a document, in Markdown. `opened`: a document's name; `conversation`: an id."""

    started = Signal(str)
    opened = Signal(str)
    tried = Signal(str)
    conversation = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("gaps")
        self._look = look
        self.gaps = TableRows[KnowledgeGap](lambda gap: f"{gap.title} {gap.conversations}", _COLUMNS, self)
        self.view = TableView(look, self.gaps, "gapTable", tr("Topics that the documents did not answer"))
        self.view.chosen.connect(self._show_gap)
        self.view.opened.connect(lambda _: self._start())
        self._title = text_label("large", "gapTitle", wraps=True)
        self._state = Badge("gapState")
        self._line = text_label("small", "gapLine", wraps=True)
        self.examples = QListWidget()
        self.examples.setObjectName("gapExamples")
        self.examples.setAccessibleName(tr("Questions of customers, without personal data"))
        self.examples.setWordWrap(True)
        self.examples.setSpacing(look.space("tight"))
        self.examples.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.start_button = button(
            tr("Write a document for it"),
            "gapStart",
            self._start,
            hint=tr("Begins a draft with these questions"),
            primary=True,
        )
        self.near_button = button(tr("Open the nearest document"), "gapNear", self._open_near)
        self.try_button = button(tr("Try the question"), "gapTry", self._try)
        self.talk_button = button(tr("Show a conversation"), "gapConversation", self._open_conversation)
        self._nothing = MessagePage(look, "gapsEmpty", "search")
        self._lay_out()
        self.say(tr("Looking through what customers asked…"), tr("This takes a moment the first time."))

    def show_gaps(self, gaps: Sequence[KnowledgeGap]) -> None:
        """Topics, the most asked first; what is chosen stays chosen."""
        chosen = self.view.chosen_key()
        with self.view.keeping_place():
            self.gaps.show(gaps)
        if not gaps:
            self.say(
                tr("No open questions"),
                tr(
                    "In the last 30 days the documents answered what customers asked. New gaps appear here by"
                    " themselves."
                ),
                "approve",
            )
            return
        if chosen is None or not self.view.choose(chosen):
            self.view.choose_row(0)
        self._show_gap(self.view.chosen_key() or "")
        self._pages.setCurrentIndex(1)

    def say(self, title: str, text: str, icon: str = "search") -> None:
        self._nothing.say(title, text, icon)
        self._pages.setCurrentIndex(0)

    def gap(self) -> KnowledgeGap | None:
        row = self.gaps.row_of(self.view.chosen_key())
        return None if row is None else self.gaps.value(row)

    # ------------------------------------------------------------ inside

    def _show_gap(self, _: str) -> None:
        gap = self.gap()
        if gap is None:
            return
        self._title.setText(gap.title)
        self._state.say(_state(gap))
        kinds = ", ".join(
            tr("{n}× {kind}", n=number(count), kind=tr(_KINDS[kind])) for kind, count in gap.kinds.items()
        )
        self._line.setText(f"{gap_line(gap, now().astimezone())}  ·  {kinds}")
        self.examples.clear()
        self.examples.addItems([tr("“{question}”", question=example) for example in gap.examples])
        self.near_button.setEnabled(gap.near is not None)
        self.near_button.setToolTip(as_tool_tip(gap.near or tr("No document comes near")))
        self.talk_button.setEnabled(bool(gap.conversations))

    def _start(self) -> None:
        if gap := self.gap():
            self.started.emit(gap.starter)

    def _open_near(self) -> None:
        if (gap := self.gap()) and gap.near:
            self.opened.emit(gap.near)

    def _try(self) -> None:
        if gap := self.gap():
            self.tried.emit(gap.title)

    def _open_conversation(self) -> None:
        if (gap := self.gap()) and gap.conversations:
            self.conversation.emit(gap.conversations[0])

    def _lay_out(self) -> None:
        split = QSplitter(childrenCollapsible=False, handleWidth=1)
        left = surface()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        split.addWidget(left)
        split.addWidget(self._detail())
        split.setSizes([520, 480])
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(split)

    def _detail(self) -> QFrame:
        far, near = self._look.space("far"), self._look.space("near")
        page = surface("left")
        column = QVBoxLayout(page)
        column.setContentsMargins(far, far, far, far)
        column.setSpacing(near)
        column.addWidget(self._title)
        column.addWidget(self._state)
        column.addWidget(self._line)
        column.addSpacing(near)
        for row in ((self.start_button, self.try_button), (self.near_button, self.talk_button)):
            line = QHBoxLayout()
            line.setSpacing(near)
            for action in row:
                line.addWidget(action)
            line.addStretch(1)
            column.addLayout(line)
        column.addSpacing(near)
        column.addWidget(_section(tr("What they asked")))
        column.addWidget(self.examples, 1)
        return page


def _section(text: str) -> QLabel:
    label = text_label("section")
    label.setText(text)
    return label


def _state(gap: KnowledgeGap) -> Label:
    if gap.answered_now:
        return Label(tr("answered by today's documents"), "good")
    return Label(tr("open"), "warn")


_COLUMNS: tuple[Column[KnowledgeGap], ...] = (
    Column("title", mark("Question"), lambda gap: gap.title, is_strong=True),
    Column("count", mark("Asked"), lambda gap: number(gap.count), width=8, order=lambda gap: gap.count, is_right=True),
    Column("customers", mark("Customers"), lambda gap: number(gap.customers), width=13, order=lambda gap: gap.customers,
           is_right=True, is_quiet=True, gives_way=1),
    Column("state", mark("State"), lambda gap: tr("answered") if gap.answered_now else tr("open"), width=14,
           tone=lambda gap: _state(gap).tone),
)  # fmt: skip
