"""The customer's side: what somebody at the counter, or writing in, may see and do.

Nothing here asks who is at the desk, and nothing shows what is for staff: notes, drafts, internal documents, anything
of another customer. Whose data is shown follows from the conversation's identity, which only the shop's proofs change.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cxdesk.agent import Listener
from cxdesk.domain import (
    Audience,
    Conversation,
    ConversationState,
    Customer,
    Document,
    Hit,
    Identity,
    Invalid,
    Message,
    Rating,
    Record,
    Refused,
    Role,
    SignUp,
    TicketStatus,
    Turn,
    new_id,
    now,
)
from cxdesk.knowledge import Knowledge
from cxdesk.memory.feedback import rate
from cxdesk.store import Store
from cxdesk.store.rows import CustomerRow, parse_row

Begin = Callable[[str], Conversation]
Answer = Callable[[str | None, str, Listener], Turn | None]
End = Callable[[str], object]
LONGEST_ENTRY = 200
_SEEN = {Role.customer, Role.desk, Role.agent}


class OwnTicket(Record):
    """A ticket as its customer sees it: without notes, priority and category, which are the staff's."""

    id: str
    subject: str
    status: TicketStatus
    order_id: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


class PastConversation(Record):
    """A conversation as its customer sees it."""

    id: str
    opened_at: datetime
    messages: tuple[Message, ...]


class CustomerSide:
    """One customer, or guest, in one conversation, which begins with the first message where none is given.

    `begin` starts a conversation with a writer of that name; `answer` is the desk's answer to a message in the
    conversation of that id, or in a guest's new one, and None where a person will answer; `end` closes one for the
    customer.
    """

    def __init__(
        self,
        store: Store,
        knowledge: Knowledge,
        begin: Begin,
        answer: Answer,
        end: End,
        conversation: str | None = None,
    ) -> None:
        self._store = store
        self._knowledge = knowledge
        self._begin = begin
        self._answer = answer
        self._end = end
        self.conversation = conversation

    # ------------------------------------------------------------ talking

    def send(self, text: str, on_sentence: Callable[[str], None] | None = None) -> Message | None:
        """Write to the desk, and return its reply; `on_sentence` hears each sentence when it may be shown.

        Once a person has taken over, the message waits for them, and nothing is returned.
        Who the writer is, the desk learns from what they write, by the shop's proofs. Raises `Invalid` or `Refused`
        for a text that can't be taken; nothing is kept then.
        """
        turn = self._answer(self.conversation, text, Listener(on_sentence=on_sentence))
        if turn is None:
            return None
        self.conversation = turn.conversation
        return next(message for message in self.messages() if message.run_id == turn.run)

    def messages(self) -> tuple[Message, ...]:
        """What was said in this conversation, by both sides."""
        return self._seen(self.conversation) if self.conversation else ()

    @property
    def waits_for_person(self) -> bool:
        """Whether a person has taken over and is to answer the last message."""
        messages = self.messages()
        return (
            bool(messages)
            and messages[-1].role is Role.customer
            and self._store.handoffs.is_accepted(messages[-1].conversation_id)
        )

    @property
    def identity(self) -> Identity:
        """How surely the desk knows who is writing."""
        talk = self._talk()
        return talk.identity if talk else Identity()

    @property
    def customer(self) -> Customer | None:
        """The customer who proved to be writing; None for a guest."""
        proved = self.identity.verified_customer
        return self._store.customers.find(proved) if proved else None

    def close(self) -> None:
        """The customer is done; what a person of the desk still has to do stays open. Writing again goes on."""
        talk = self._talk()
        if talk is not None and talk.state is ConversationState.open:
            self._end(talk.id)

    def rate(self, stars: int, comment: str = "", message_id: str | None = None) -> Rating:
        """Rate a reply, or the whole conversation. Raises `Invalid` for what is no rating, or no reply here."""
        if self.conversation is None:
            raise Invalid("Nothing was said yet, so there is nothing to rate. Write to the desk first.")
        return rate(self._store, self.conversation, stars, comment, message_id=message_id)

    # ------------------------------------------------------------ what is the customer's own

    def tickets(self) -> tuple[OwnTicket, ...]:
        """The customer's tickets, newest first. Raises `Refused` for whoever hasn't proved who they are."""
        tickets = self._store.tickets.of_customer(self._proved().id)
        return tuple(OwnTicket(**ticket.model_dump(include=set(OwnTicket.model_fields))) for ticket in tickets)

    def history(self, limit: int = 50) -> tuple[PastConversation, ...]:
        """The other conversations in which the customer proved who they are, the last touched first.

        Raises `Refused` as `tickets` does.
        """
        customer = self._proved()
        return tuple(
            PastConversation(id=talk.id, opened_at=talk.opened_at, messages=self._seen(talk.id))
            for talk in self._store.conversations.of_customer(customer.id, limit)
            if talk.id != self.conversation and talk.identity.customer_id == customer.id
        )

    def sign_up(self, name: str, email: str, zip: str) -> Customer:
        """Make a customer's record of a person whom the shop doesn't know yet.

        It proves nothing: until the shop has an order of theirs, no proof without one is taken for it. Raises `Invalid`
        with all that is wrong in the entries, `Refused` when somebody has the e-mail address.
        """
        customer = _entered(name, email, zip)
        with self._store.transaction():
            if self._store.customers.find_by_email(customer.email):
                raise Refused(
                    "There is a customer with this e-mail address. Name one of your orders to the desk instead."
                )
            talk = self._talk() or self._begin(customer.name)
            self._store.customers.put(customer)
            self._store.sign_ups.add(SignUp(customer_id=customer.id, conversation_id=talk.id, at=now()))
            self._store.audit.note("customers.sign_up", {"customer_id": customer.id}, role="customer", by="a customer")
        self.conversation = talk.id
        return customer

    # ------------------------------------------------------------ documents

    def documents(self) -> tuple[Document, ...]:
        """The documents for customers, by name."""
        return tuple(document for document in self._knowledge.list() if document.audience is Audience.public)

    def document(self, name: str) -> Document:
        """One of them. Raises `Invalid` alike for one that isn't there and one that isn't for customers."""
        for document in self.documents():
            if document.name == name:
                return document
        raise Invalid(f"There is no document {name!r}. Choose one from the list.")

    def search(self, query: str, k: int = 5) -> list[Hit]:
        """The passages for customers that match best, best first."""
        return self._knowledge.search(query, k=k, audience=Audience.public)

    # ------------------------------------------------------------ inside

    def _talk(self) -> Conversation | None:
        return self._store.conversations.get(self.conversation) if self.conversation else None

    def _proved(self) -> Customer:
        customer = self.customer
        if customer is None:
            raise Refused("The desk doesn't know yet who is writing. Write your e-mail address and an order number.")
        return customer

    def _seen(self, conversation_id: str) -> tuple[Message, ...]:
        return tuple(m for m in self._store.conversations.messages(conversation_id) if m.role in _SEEN)


def _entered(name: str, email: str, zip: str) -> Customer:
    entries = {"name": name, "email": email, "zip": zip}
    problems = [f"{field!r} is missing" for field, text in entries.items() if not text.strip()]
    problems += [f"{field!r} is too long" for field, text in entries.items() if len(text) > LONGEST_ENTRY]
    if not problems:
        try:
            return parse_row(CustomerRow, {"id": new_id("s"), **entries, "registered_at": now()}, {}).record()
        except Invalid as error:
            problems = [str(error)]
    raise Invalid(f"This can't be taken: {'; '.join(problems)}. Correct it, then sign up again.")
