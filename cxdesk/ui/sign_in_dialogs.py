"""What is asked about accounts: the first one, one's own password, and, of admins, who else may sign in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar, get_args

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cxdesk.domain import Account, AccountRole
from cxdesk.ui import words
from cxdesk.ui.language import mark, tr
from cxdesk.ui.sign_in import labelled, password_field
from cxdesk.ui.table import ChoiceBox, Column, TableRows, TableView
from cxdesk.ui.theme import Look
from cxdesk.ui.ticket_dialogs import Ask, field
from cxdesk.ui.widgets import Notice, button, rule, text_label
from cxdesk.ui.work import Work, explain

if TYPE_CHECKING:
    from cxdesk.desk import Desk

Result = TypeVar("Result")

PASSWORD_HINT = mark("At least 8 characters; a sentence is easy to keep")
ROLES: dict[str, str] = {
    "viewer": mark("Viewer: looks on"),
    "agent": mark("Agent: answers customers"),
    "admin": mark("Admin: may do everything"),
}
assert set(ROLES) == set(get_args(AccountRole)), "every role has its words"
DIFFERENT = mark("The two passwords are not the same. Type the new one twice.")


class TwoPasswords(QWidget):
    """A new password, typed twice."""

    def __init__(self, look: Look, prefix: str) -> None:
        super().__init__()
        self.first = password_field(f"{prefix}New", tr("New password"))
        self.first.setPlaceholderText(tr(PASSWORD_HINT))
        self.second = password_field(f"{prefix}Again", tr("New password again"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space("near"))
        column.addLayout(labelled(tr("New password"), self.first, look))
        column.addLayout(labelled(tr("Again"), self.second, look))

    def agree(self) -> bool:
        return self.first.text() == self.second.text()

    def text(self) -> str:
        return self.first.text()


class _Secret(Ask):
    """A form that ends in a new password: `job` is done on the pool, `then` once it was."""

    def __init__(self, look: Look, host: QWidget, work: Work, name: str, title: str, text: str, action: str) -> None:
        super().__init__(look, host, name, title, text, action)
        self._work = work
        self.passwords = TwoPasswords(look, name)
        self.agreed.connect(self._save)

    def then(self) -> None:
        """It is saved."""

    def _save(self) -> None:
        if not self.passwords.agree():
            self.notice.say(tr(DIFFERENT))
            return
        self.act.setEnabled(False)
        self._work.run(self.job(), lambda _: self._saved(), self._failed)

    def job(self) -> Callable[[], object]:
        """What to do on the pool, with what stands in the fields now."""
        raise NotImplementedError

    def _saved(self) -> None:
        self.accept()
        self.then()

    def _failed(self, error: Exception) -> None:
        self.act.setEnabled(True)
        self.notice.say(explain(error))


class FirstAccountDialog(_Secret):
    """The admin's account, after which the desk asks everybody to sign in. `made` is called once it is there."""

    def __init__(self, look: Look, host: QWidget, work: Work, desk: Desk, made: Callable[[], None]) -> None:
        super().__init__(
            look,
            host,
            work,
            "firstAccount",
            tr("Protect this desk"),
            tr(
                "The first account is an admin's: it may do everything, and makes accounts for others. From then on the"
                " desk asks who is there."
            ),
            tr("Create the account"),
        )
        self._desk = desk
        self._made = made
        self.name = field("firstAccountName", tr("Name"), hint=tr("The name that you sign in with"))
        self.body.addLayout(labelled(tr("Your name"), self.name, look))
        self.body.addWidget(self.passwords)
        self.name.setFocus()

    def job(self) -> Callable[[], object]:
        name, password = self.name.text(), self.passwords.text()
        return lambda: self._desk.accounts.create_first(name, password)

    def then(self) -> None:
        self._made()


class OwnPasswordDialog(_Secret):
    """Another password for whoever is signed in."""

    def __init__(self, look: Look, host: QWidget, work: Work, desk: Desk, changed: Callable[[], None]) -> None:
        super().__init__(look, host, work, "ownPassword", tr("Change your password"), "", tr("Change it"))
        self._desk = desk
        self._changed = changed
        self.old = password_field("ownPasswordOld", tr("Present password"))
        self.body.addLayout(labelled(tr("Present password"), self.old, look))
        self.body.addWidget(self.passwords)
        self.old.setFocus()

    def job(self) -> Callable[[], object]:
        old, new = self.old.text(), self.passwords.text()
        return lambda: self._desk.accounts.change_password(old, new)

    def then(self) -> None:
        self._changed()


class ResetPasswordDialog(_Secret):
    """A new password for somebody who forgot theirs, which forgives their wrong tries."""

    def __init__(
        self, look: Look, host: QWidget, work: Work, desk: Desk, account: str, changed: Callable[[], None]
    ) -> None:
        super().__init__(
            look,
            host,
            work,
            "resetPassword",
            tr("A new password for {account}", account=account),
            tr("Wrong tries are forgiven with it. Tell it to nobody else, and have it changed after signing in."),
            tr("Set it"),
        )
        self._desk, self._account, self._changed = desk, account, changed
        self.body.addWidget(self.passwords)
        self.passwords.first.setFocus()

    def job(self) -> Callable[[], object]:
        name, password = self._account, self.passwords.text()
        return lambda: self._desk.accounts.set_password(name, password)

    def then(self) -> None:
        self._changed()


def _since(account: Account) -> str:
    return words.long_day(account.created_at.astimezone())


_COLUMNS: tuple[Column[Account], ...] = (
    Column("name", mark("Name"), lambda account: account.name, is_strong=True, least=14),
    Column("role", mark("Role"), lambda account: words.role(account.role).capitalize(), width=10),
    Column(
        "state",
        mark("May sign in"),
        lambda account: tr("yes") if account.active else tr("no"),
        width=15,
        tone=lambda account: "good" if account.active else "quiet",
    ),
    Column("since", mark("Since"), _since, width=14, is_quiet=True),
)


class AccountsDialog(QDialog):
    """Everybody who may sign in; for admins. Each change holds at once, and a refusal is said above the list."""

    def __init__(self, look: Look, host: QWidget, work: Work, desk: Desk) -> None:
        super().__init__(host)
        self.setObjectName("accounts")
        self.setWindowTitle(tr("Accounts"))
        self.setModal(True)
        self.setPalette(look.theme.palette())
        self._look, self._work, self._desk = look, work, desk
        self.notice = Notice(look)
        self.rows: TableRows[Account] = TableRows(lambda account: account.name, _COLUMNS, self)
        self.view = TableView(look, self.rows, "accountList", tr("Accounts"))
        self.role = self._roles("accountRole", tr("Role of the chosen account"))
        self.toggle = button(
            tr("Deactivate"), "accountToggle", self._toggle, hint=tr("Whether this person may sign in")
        )
        self.reset = button(tr("New password…"), "accountReset", self._reset, hint=tr("Forgives wrong tries too"))
        self.name = field("newAccountName", tr("Name of the new account"), hint=tr("Name to sign in with"))
        self.password = password_field("newAccountPassword", tr("Password of the new account"))
        self.password.setPlaceholderText(tr(PASSWORD_HINT))
        self.new_role = self._roles("newAccountRole", tr("Role of the new account"))
        self.new_role.setCurrentIndex(list(ROLES).index("agent"))
        self.add = button(tr("Add account"), "newAccountAdd", self._add, primary=True)
        self.view.chosen.connect(lambda _: self._follow_choice())
        self.role.activated.connect(lambda _: self._change_role())
        self._lay_out()
        self.resize(680, 560)
        self.refresh()

    def refresh(self) -> None:
        """Read the accounts again."""
        self._run(self._desk.accounts.all, self._show)

    def _show(self, accounts: Sequence[Account]) -> None:
        chosen = self.view.chosen_key()
        self.rows.show(accounts)
        if chosen is None or not self.view.choose(chosen):
            self.view.choose_row(0)
        self._follow_choice()

    def _chosen(self) -> Account | None:
        chosen: list[Account] = self.view.chosen_values()
        return chosen[0] if chosen else None

    def _follow_choice(self) -> None:
        account = self._chosen()
        for control in (self.role, self.toggle, self.reset):
            control.setEnabled(account is not None)
        if account:
            self.role.setCurrentIndex(list(ROLES).index(account.role))
            self.toggle.setText(tr("Deactivate") if account.active else tr("Let in again"))

    def _change_role(self) -> None:
        if account := self._chosen():
            role: AccountRole = self.role.currentData()
            self._run(lambda: self._desk.accounts.change_role(account.name, role), lambda _: self.refresh())

    def _toggle(self) -> None:
        if account := self._chosen():
            verb = self._desk.accounts.deactivate if account.active else self._desk.accounts.activate
            self._run(lambda: verb(account.name), lambda _: self.refresh())

    def _reset(self) -> None:
        if account := self._chosen():
            ResetPasswordDialog(self._look, self, self._work, self._desk, account.name, self.refresh).open()

    def _add(self) -> None:
        name, password, role = self.name.text(), self.password.text(), self.new_role.currentData()

        def added(account: Account) -> None:
            self.name.clear()
            self.password.clear()
            self.refresh()

        self._run(lambda: self._desk.accounts.create(name, role, password), added)

    def _run(self, work: Callable[[], Result], then: Callable[[Result], None]) -> None:
        self.notice.hide()
        self._work.run(work, then, self._failed)

    def _failed(self, error: Exception) -> None:
        self.notice.say(explain(error))
        self._follow_choice()

    def _roles(self, name: str, accessible: str) -> ChoiceBox:
        made = ChoiceBox(self._look, name, accessible)
        for role, said in ROLES.items():
            made.addItem(tr(said), role)
        return made

    def _lay_out(self) -> None:
        far, apart, near = (self._look.space(name) for name in ("far", "apart", "near"))
        column = QVBoxLayout(self)
        column.setContentsMargins(far, far, far, far)
        column.setSpacing(apart)
        heading, told, new = text_label("large"), text_label("", wraps=True), text_label("section")
        heading.setText(tr("Who may sign in"))
        told.setText(tr("An account that may not sign in stays here, for what was done with it."))
        told.setProperty("tone", "quiet")
        new.setText(tr("A new account"))
        for part in (heading, told, self.notice):
            column.addWidget(part)
        column.addWidget(self.view, 1)
        column.addLayout(self._row(self.role, self.toggle, self.reset, near=near))
        column.addWidget(rule())
        column.addWidget(new)
        column.addLayout(self._row(self.name, self.password, near=near))
        column.addLayout(self._row(self.new_role, self.add, near=near))
        column.addWidget(rule())
        column.addLayout(self._row(None, button(tr("Close"), "accountsClose", self.accept), near=near))

    def _row(self, *controls: QWidget | None, near: int) -> QHBoxLayout:
        """Controls side by side; fields take what is left, None is a gap."""
        row = QHBoxLayout()
        row.setSpacing(near)
        for control in controls:
            if control is None:
                row.addStretch(1)
            else:
                row.addWidget(control, 1 if isinstance(control, QLineEdit) else 0)
        if not any(control is None or isinstance(control, QLineEdit) for control in controls):
            row.addStretch(1)
        return row
