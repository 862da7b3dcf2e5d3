"""Reads what the customers page shows: on a worker thread, into plain values."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cxdesk.domain import Customer, Profile, Tier, Unavailable, now
from cxdesk.ui import customer_words, ticket_words, words
from cxdesk.ui.customer_views import LIMIT, CustomerLine, CustomerTable, LinkLine, MoodPoint, PersonView
from cxdesk.ui.language import number, plural, tr
from cxdesk.ui.reading import fact_lines, money, order_card
from cxdesk.ui.views import Label, TraceLine

if TYPE_CHECKING:
    from cxdesk.assist.people import Person
    from cxdesk.desk import Desk

GUESTS_LOOKED_AT = 200
OTHER = "out_of_scope"
# The list has its figures from the last rollup; before the first there is nothing to say.
NOT_KNOWN_YET = Label("")


def read_customers(desk: Desk, text: str, tier: Tier | None, at_risk: bool | None) -> CustomerTable:
    """Raises `Unavailable` when the database can't be read."""
    found = desk.customers.search(text, tier=tier, at_risk=at_risk, limit=LIMIT + 1)
    settings = desk.settings
    lines = tuple(
        CustomerLine(
            id=row.customer.id,
            name=row.customer.name,
            email=row.customer.email,
            tier=customer_words.tier(row.tier) if row.sessions or row.total_spend else NOT_KNOWN_YET,
            health=row.health,
            at_risk=row.at_risk,
            risk_reasons=row.risk_reasons,
            open_tickets=row.open_tickets,
            spent=row.total_spend,
            spent_words=money(row.total_spend, settings.currency, settings.locale) if row.total_spend else "",
            last_contact_at=row.last_contact_at,
        )
        for row in found[:LIMIT]
    )
    return CustomerTable(lines, len(found) > LIMIT, desk.store.customers.count())


def read_person(desk: Desk, customer_id: str) -> PersonView:
    """Raises `Invalid` if there is no such customer."""
    person, locale = desk.customers.page(customer_id), desk.settings.locale
    customer = person.customer
    return PersonView(
        id=customer.id,
        name=customer.name,
        email=customer.email,
        details=tuple(_details(customer)),
        tier=customer_words.tier(person.profile.tier),
        risk=person.profile.risk_reasons if person.profile.at_risk else (),
        figures=_figures(person.profile, desk.settings.currency, locale),
        health=customer_words.health(person.profile.health),
        health_parts=person.profile.health_parts,
        moods=_moods(person),
        orders=tuple(order_card(order, locale) for order in person.orders),
        tickets=tuple(_tickets(person)),
        conversations=tuple(_conversations(person)),
        facts=fact_lines(person.facts),
        ratings=tuple(_ratings(person)),
        belongings=belongings(person),
        merge=person.merges[0].id if person.merges else None,
    )


def belongings(person: Person) -> str:
    """What a customer has at the desk, counted."""
    return customer_words.belongings(
        orders=len(person.orders),
        tickets=len(person.tickets),
        conversations=len(person.conversations),
        messages=sum(each.messages for each in person.conversations),
        facts=len(person.facts),
        ratings=len(person.ratings),
    )


def read_belongings(desk: Desk, customer_id: str) -> str:
    return belongings(desk.customers.page(customer_id))


def read_guests(desk: Desk) -> list[LinkLine]:
    """The newest conversations that belong to no customer yet."""
    guests = [talk for talk in desk.store.conversations.recent(GUESTS_LOOKED_AT) if talk.customer_id is None]
    last = desk.store.conversations.last_messages(talk.id for talk in guests)
    moment = now().astimezone()
    lines = {talk.id: " ".join(last[talk.id].text.split()) if talk.id in last else "" for talk in guests}
    return [
        LinkLine(
            id=talk.id,
            text=tr("{writer}: {line}", writer=talk.writer, line=lines[talk.id] or tr("no message yet")),
            state=Label(talk.state.value.replace("_", " ")),
            when=words.age(talk.updated_at, moment),
        )
        for talk in guests
    ]


def write_export(desk: Desk, customer_id: str, file: Path) -> None:
    """Write all that is kept about the customer as JSON. Raises `Unavailable` when the file can't be written."""
    exported = json.dumps(desk.customers.export(customer_id), indent=2, ensure_ascii=False, default=str)
    try:
        file.write_text(exported, encoding="utf-8")
    except OSError as error:
        raise Unavailable(
            tr(
                "The file {file} can't be written: {reason}. Choose another place.",
                file=repr(str(file)),
                reason=error.strerror,
            )
        ) from error


# ---------------------------------------------------------------- parts


def _details(customer: Customer) -> Iterable[str]:
    if customer.phone:
        yield customer.phone
    address = customer.address
    place = ", ".join(part for part in (address.city, address.state, address.country) if part)
    if place:
        yield place
    if customer.registered_at:
        yield tr("customer since {month}", month=words.month_name(customer.registered_at))


def _figures(profile: Profile, currency: str, locale: str) -> tuple[tuple[str, str], ...]:
    """Names and values, in the order in which they are looked for."""
    last = profile.last_contact_at
    return (
        (tr("Spent"), money(profile.total_spend, currency, locale)),
        (tr("Closed conversations"), number(profile.sessions)),
        (tr("Mood"), customer_words.mood(profile.weighted_sentiment).text),
        (tr("Stayed resolved"), customer_words.share(profile.resolution_rate)),
        (tr("Needed a person"), customer_words.share(profile.escalation_rate)),
        (tr("Last contact"), words.age(last, now().astimezone()) if last else tr("never")),
    )


def _moods(person: Person) -> tuple[MoodPoint, ...]:
    """Oldest first; conversations of unknown mood are left out, not drawn as calm."""
    return tuple(
        MoodPoint(
            talk.mood_start if talk.mood_start is not None else talk.mood_end, talk.mood_end, _day(talk.opened_at)
        )
        for talk in reversed(person.conversations)
        if talk.mood_end is not None
    )


def _tickets(person: Person) -> Iterable[LinkLine]:
    for ticket in person.tickets:
        when = ticket.updated_at or ticket.created_at
        yield LinkLine(
            ticket.id, f"{ticket.id}  {ticket.subject}", ticket_words.status(ticket.status), _day(when) if when else ""
        )


def _conversations(person: Person) -> Iterable[LinkLine]:
    for talk in person.conversations:
        wish = talk.intent.replace("_", " ").capitalize() if talk.intent and talk.intent != OTHER else ""
        messages = plural("{n} message", "{n} messages", talk.messages)
        course = customer_words.mood_course(talk.mood_start, talk.mood_end)
        is_known = talk.mood_start is not None or talk.mood_end is not None
        yield LinkLine(
            id=talk.id,
            text=tr("{wish}, {messages}", wish=wish or tr("Another matter"), messages=messages),
            state=customer_words.past(talk.state, talk.outcome),
            when=_day(talk.opened_at),
            detail=course if is_known else "",
        )


def _ratings(person: Person) -> Iterable[TraceLine]:
    for rating in person.ratings:
        said = f"  {rating.comment}" if rating.comment else ""
        yield TraceLine(f"{customer_words.stars(rating.stars)}{said}", _day(rating.at))


def _day(at: datetime) -> str:
    return words.day(at, now().astimezone())
