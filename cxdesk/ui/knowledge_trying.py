"""A test question: what is found for it, why, and whether the desk would answer it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cxdesk.ui.chip import chip_height, draw_chip
from cxdesk.ui.knowledge_reading import HitRow, Tried
from cxdesk.ui.knowledge_widgets import surface
from cxdesk.ui.language import decimal, mark, number, tr
from cxdesk.ui.models import Index, Roles, ValueList
from cxdesk.ui.paint import TextBlock, draw_line, draw_round
from cxdesk.ui.theme import Look
from cxdesk.ui.views import Label
from cxdesk.ui.widgets import Badge, MessagePage, button, text_label

_BAR = 46
_LINES = 2


class TryingPane(QWidget):
    """`asked`: a question to try. `opened`: a hit, to be shown in its document."""

    asked = Signal(str)
    opened = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("trying")
        self._look = look
        self.field = QLineEdit(placeholderText=tr("A question as a customer would ask it"))
        self.field.setObjectName("tryQuestion")
        self.field.setAccessibleName(tr("Question to try"))
        self.field.setClearButtonEnabled(True)
        self.field.returnPressed.connect(self.ask)
        self.ask_button = button(tr("Try it"), "tryIt", self.ask, hint=tr("See what is found (Enter)"), primary=True)
        self._verdict = Badge("tryVerdict")
        self._answer = text_label("", "tryAnswer", wraps=True, selectable=True)
        self._place = text_label("small", "tryPlace", wraps=True)
        self.hits = ValueList[HitRow](lambda hit: hit.number, _read_aloud, self)
        self.list = QListView()
        self.list.setObjectName("tryHits")
        self.list.setAccessibleName(tr("Passages that were found, the best first"))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setModel(self.hits)
        self.list.setItemDelegate(HitDelegate(look, self.list))
        self.list.activated.connect(lambda index: self.opened.emit(index.data(Roles.value)))
        self._nothing = MessagePage(look, "tryEmpty", "search")
        self._lay_out()
        self._nothing.say(
            tr("Ask what a customer would ask"),
            tr("You see the passages that are found, by which way, and the sentence with which the desk would answer."),
        )

    def ask(self) -> None:
        question = " ".join(self.field.text().split())
        if question:
            self.ask_button.setEnabled(False)
            self.asked.emit(question)

    def show_tried(self, tried: Tried) -> None:
        """What became of the question."""
        self.ask_button.setEnabled(True)
        self.hits.show(())
        self.hits.show(tried.hits)
        self.list.scrollToTop()
        if not tried.hits:
            self._nothing.say(
                tr("Nothing was found"), tr("There are no documents to search yet. Add some under Documents.")
            )
        self._pages.setCurrentIndex(1 if tried.hits else 0)
        self._verdict.say(
            Label(tr("The desk would answer"), "good")
            if tried.answer
            else Label(tr("The desk would not answer"), "warn")
        )
        self._answer.setText(
            tried.answer
            or tr(
                "Nothing in the documents answers it surely enough, so a person would be asked. "
                "If a passage below should: say it there in one plain sentence, in the words of the question."
            )
        )
        self._place.setText(tried.place)
        self._place.setVisible(bool(tried.place))

    def failed(self) -> None:
        self.ask_button.setEnabled(True)

    def go(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _lay_out(self) -> None:
        far, apart, near = (self._look.space(name) for name in ("far", "apart", "near"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = surface("bottom")
        row = QHBoxLayout(top)
        row.setContentsMargins(far, apart, far, apart)
        row.setSpacing(near)
        row.addWidget(self.field, 1)
        row.addWidget(self.ask_button)
        column.addWidget(top)
        below = QWidget()
        self._pages = QStackedLayout(below)
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(self._found())
        column.addWidget(below, 1)

    def _found(self) -> QFrame:
        far, near = self._look.space("far"), self._look.space("near")
        page = surface()
        column = QVBoxLayout(page)
        column.setContentsMargins(far, far, far, 0)
        column.setSpacing(near)
        column.addWidget(self._verdict)
        column.addWidget(self._answer)
        column.addWidget(self._place)
        column.addSpacing(near)
        title = text_label("section")
        title.setText(tr("What was found, the best first. Enter opens it in its document"))
        column.addWidget(title)
        column.addWidget(self.list, 1)
        return page


class HitDelegate(QStyledItemDelegate):
    """Score with a bar, where the passage stands and why it was found, and how it begins."""

    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(view)
        self._look = look
        look.changed.connect(view.viewport().update)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = QFontMetrics(self._look.font()).lineSpacing()
        return QSize(100, chip_height(self._look) + _LINES * line + 3 * self._look.space("near"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: HitRow = index.data(Roles.value)
        look, near = self._look, self._look.space("near")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, look.color("accent_soft"))
        painter.fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, look.color("line"))
        line = option.rect.adjusted(near, near, -near, 0)
        line.setHeight(chip_height(look))
        self._draw_score(painter, QRect(line.left(), line.top(), _BAR, line.height()), hit.score)
        line.setLeft(line.left() + _BAR + look.space("apart"))
        left = line.left()
        taken = draw_chip(painter, line, Label(hit.why or tr("found")), look, right=True)
        line.setRight(line.right() - taken - near)
        if hit.answers:
            taken = draw_chip(painter, line, Label(tr("answers it"), "good"), look, right=True)
            line.setRight(line.right() - taken - near)
        draw_line(painter, line, hit.place, look.font(strong=True), look.color("text"))
        width = option.rect.right() - near - left
        text = TextBlock(hit.excerpt, look.font(), width, _LINES)
        at = QRect(left, line.bottom() + look.space("tight"), width, 0).topLeft()
        text.draw(painter, at.toPointF(), look.color("muted"))
        painter.restore()

    def _draw_score(self, painter: QPainter, place: QRect, score: float) -> None:
        look = self._look
        draw_line(painter, place, decimal(score, 2), look.font(strong=True), look.color("text"))
        rail = QRect(place.left(), place.bottom() + 6, _BAR, 4).toRectF()
        draw_round(painter, rail, look.color("sunken"), 2)
        rail.setWidth(_BAR * min(max(score, 0.0), 1.0))
        draw_round(painter, rail, look.color("accent"), 2)


def _read_aloud(hit: HitRow) -> str:
    if hit.answers:
        said = mark("{number}. {place}, score {score}, found {why}, answers it. {excerpt}")
    else:
        said = mark("{number}. {place}, score {score}, found {why}. {excerpt}")
    return tr(
        said,
        number=number(hit.number),
        place=hit.place,
        score=decimal(hit.score, 2),
        why=hit.why,
        excerpt=hit.excerpt,
    )
