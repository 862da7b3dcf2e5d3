"""The desk: opens a data directory, builds the rooms, hands them out, closes them in reverse order.

The only composition root: the window, the command line, the evaluations and the tests start here.
Nothing heavy is loaded before it is needed: the language model and the embedder come with their first use.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from cxdesk.access import Access
from cxdesk.agent import Agent, Listener, Outbound, Phrasing, load_rules, signed_in
from cxdesk.agent.answers import Quote, find_answer, texts_to_compare
from cxdesk.agent.compose import warm_composing
from cxdesk.agent.dealing import Dealer
from cxdesk.agent.evidence import read_ahead
from cxdesk.agent.own_orders import OwnWords
from cxdesk.agent.permissions import Permissions, load_permissions, permission_problems
from cxdesk.agent.privacy import PersonalFinder
from cxdesk.agent.rules import rule_problems
from cxdesk.agent.senses import RULES_ALONE, Senses, learn_senses
from cxdesk.agent.shop_tools import load_shop_tools
from cxdesk.agent.tone import load_tones, tone_problems
from cxdesk.agent.tools import READ_TOOLS, WRITE_TOOLS
from cxdesk.assist import Copilot, Ticketing
from cxdesk.assist.accounts import Accounts
from cxdesk.assist.canned import SavedReplies
from cxdesk.assist.configuration import Configuration, OwnFile
from cxdesk.assist.customer_side import CustomerSide
from cxdesk.assist.models import InUse, Models, why_chosen
from cxdesk.assist.people import People
from cxdesk.domain import (
    UNSENT_FILE,
    Conversation,
    ConversationState,
    Customer,
    DecisionKind,
    EngineState,
    Identity,
    Invalid,
    Refused,
    Role,
    Turn,
    Unavailable,
)
from cxdesk.knowledge import Knowledge
from cxdesk.ledger import CONNECTIONS, ConnectionLedger
from cxdesk.llm.catalog import choose_for_this_pc
from cxdesk.llm.embedder import open_embedder
from cxdesk.llm.lending import Lending
from cxdesk.llm.line import background
from cxdesk.llm.local import LocalModel
from cxdesk.llm.memo import CAPACITY, MemoEmbedder
from cxdesk.llm.remote import RemoteModel, open_remote
from cxdesk.llm.router import Router
from cxdesk.llm.weights import installed, locate
from cxdesk.logbook import end_log, keep_log
from cxdesk.memory import Memory, housekeeping
from cxdesk.memory.overview import Overview
from cxdesk.memory.past import Past
from cxdesk.memory.search import History
from cxdesk.ports import Embedder, LanguageModel, ToolCaller
from cxdesk.settings import Settings, Tone, bundled, load_settings, models_dir
from cxdesk.signals import Guard, SignalReader, read_terms
from cxdesk.signals.entities import EntityReader
from cxdesk.signals.guard import term_problems
from cxdesk.signals.intent import IntentExamples, IntentRules, Intents, learn_intents
from cxdesk.signals.sentiment import SentimentLexicon, learn_votes, warm_confirmation
from cxdesk.store import Store

DATABASE = "desk.duckdb"
INDEX = "index"
RULES = "action_rules.toml"
PERMISSIONS = "permissions.toml"
TONES = "tones.toml"
BLOCKED = "blocked_terms.txt"
# Few enough that a question never waits long for its turn at the embedder.
_AT_ONCE = 16
# Settings whose change opens the network, or the language model, anew.
_NETWORK = {name for name in Settings.model_fields if name.startswith("fallback")} | {"offline", "locale"}
_LOADING = {"context_tokens", "threads"}

Subscriber = Callable[[str], None]


class Desk:
    """One shop's desk. `access` is who is at the desk, and what they may do.

    Rooms: `store`, `knowledge`, `intent_examples`, `memory`, `copilot`, `tickets`, `customers`, `replies`, `agent`,
    `accounts`, `configuration`, `models`.
    """

    def __init__(
        self, data_dir: Path, settings: Settings, model_name: str | None = None, embedder: Embedder | None = None
    ):
        self.data_dir = data_dir
        self.settings = settings
        self._model_name = model_name or settings.model
        self._lending = Lending(self._open_model)
        self._remote: RemoteModel | None = None
        self._router: Router | None = None
        self._embedder = embedder
        self._reader: SignalReader | None = None
        self._memo: MemoEmbedder | None = None
        self._senses: Senses | None = None
        self._closing = threading.Event()
        self._warming: threading.Thread | None = None
        self._loading = threading.RLock()
        self._subscribers: list[Subscriber] = []
        self.access = Access(lambda role: self.agent.permissions.rights(role))
        self._log = keep_log(data_dir)
        try:
            self.store = Store.open(data_dir / DATABASE)
        except BaseException:
            end_log(self._log)
            raise
        self.accounts = Accounts(self.store, self.access)
        self.intent_examples = IntentExamples(
            bundled("resources/intents"), data_dir / "intents", self.shop_changed, self.access
        )
        self.knowledge = Knowledge(
            data_dir / INDEX, self.store.documents, self.embedder, self.access, of_questions=self.memory_of_sentences
        )
        shop_tools = load_shop_tools(data_dir / "tools", self.store)
        phrasing = self._phrasing()
        self.history = History(self.store, self.embedder)
        self.overview = Overview(
            self.store,
            self.knowledge,
            self.embedder,
            lambda text: self.signal_reader().entities(text),
            lambda question: bool(self.quotes(question)),
        )
        self.past = Past(self.store, self.signal_reader)
        kept_up = housekeeping.jobs(self.store, self.history, self.overview, self.past)
        self.memory = Memory(self.store, settings, self._tell, more_jobs=kept_up, access=self.access)
        self.agent = Agent(
            store=self.store,
            knowledge=self.knowledge,
            embedder=self.memory_of_sentences,
            senses=self.senses,
            model=self.language_model,
            guard=self._guard(),
            reader=self.signal_reader,
            rules=load_rules(_own_or_bundled(data_dir, RULES)),
            phrasing=phrasing,
            outbound=self._outbound(phrasing),
            settings=settings,
            own_words=OwnWords.load(bundled("resources/own_orders.toml")),
            dealer=Dealer.load(bundled("resources/wishes.toml"), bundled("resources/confirmation.toml")),
            permissions=self._permissions(shop_tools),
            shop_tools=shop_tools,
            tool_caller=self.tool_caller,
            keeping_model=self._lending.turn,
            mood_history=self.memory.mood_history,
            about_customer=self._about_customer,
        )
        self._open_network()
        self.copilot = Copilot(self.store, self.agent, self._tell, self.access)
        self.tickets = Ticketing(self.store, self._tell, self.access)
        self.customers = People(self.store, self.memory, self.shop_changed, self._tell, self._forget, self.access)
        self.replies = SavedReplies(self.store, self.access)
        self.configuration = Configuration(
            data_dir,
            self.store,
            self.access,
            self._own_files(),
            current=lambda: self.settings,
            apply=self.apply_settings,
            reload=self._reload_files,
        )
        self.models = Models(
            models_dir(),
            self.store,
            self.access,
            ledger=lambda: self.connections,
            in_use=self._model_in_use,
            embedder=lambda: self.settings.embedder,
            borrow=self._borrow_model,
            start=self._fresh_model,
            prompt=lambda: self.agent.phrasing.prompt,
        )

    @classmethod
    def open(
        cls,
        data_dir: Path | str,
        *,
        model: str | LanguageModel | None = None,
        embedder: Embedder | None = None,
        user: str | None = None,
    ) -> Self:
        """Open the desk in `data_dir`, an empty one where there is none.

        `model` is a catalog name, 'none', or an engine; without it the settings decide. `user` is the name of the
        account of the person at the desk; None is the owner, who may do everything. Raises `Unavailable` when the
        directory or the model can't be used, `Refused` when there is no such active account.
        """
        folder = Path(data_dir)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unavailable(
                f"The data directory {str(folder)!r} can't be made: {error.strerror}. Choose another one with --data."
            ) from error
        if isinstance(model, str) and model not in ("auto", "none"):
            locate(model, models_dir())
        desk = cls(folder, load_settings(folder), model if isinstance(model, str) else None, embedder)
        if model is not None and not isinstance(model, str):
            desk._lending.put(model)
            desk._model_name = model.name
        if user is not None:
            desk._admit(user)
        return desk

    # ------------------------------------------------------------ verbs

    def ask(
        self,
        message: str,
        conversation: str | None = None,
        customer: str | None = None,
        on_token: Callable[[str], None] | None = None,
        on_sentence: Callable[[str], None] | None = None,
        *,
        tone: Tone | None = None,
    ) -> Turn:
        """Answer a customer's message at once, as in autopilot, and keep both.

        `customer` (an e-mail address or id) is proved by every means; without it the writer is a guest. A
        conversation goes on under its id. `on_token` hears the draft; `on_sentence` what may be shown to the customer.
        Raises `Invalid` for a message, customer or conversation that can't be taken; nothing is stored then.
        """
        self.access.need("send")
        talk = self._conversation(conversation, customer, message)
        return self._answer(talk, message, Listener(on_token=on_token, on_sentence=on_sentence), tone)

    def customer_side(self, conversation: str | None = None) -> CustomerSide:
        """What a customer may see and do: as a guest in a conversation to come, or going on with one."""
        return CustomerSide(
            self.store,
            self.knowledge,
            lambda writer: self.start_conversation(writer=writer),
            lambda talk, text, listener: self._answer_customer(self._conversation(talk, None, text), text, listener),
            lambda talk: self.memory.close(talk, "customer"),
            conversation and self.store.conversations.get(conversation).id,
        )

    def _answer_customer(self, talk: Conversation, message: str, listener: Listener) -> Turn | None:
        """The desk's answer, or None where a person has taken over, who finds the message and a draft for it."""
        if self.store.handoffs.is_accepted(talk.id):
            self.copilot.receive(talk.id, message)
            return None
        return self._answer(talk, message, listener)

    def _answer(self, talk: Conversation, message: str, listener: Listener, tone: Tone | None = None) -> Turn:
        with self.copilot.answering_at_once(talk.id):
            run = self.agent.receive(talk.id, message)
            turn = self.agent.run(run, listener, tone=tone, may_act=True)
        with self.store.transaction():
            self.store.conversations.add_message(talk.id, Role.desk, turn.reply, turn.run)
            kept = self.store.conversations.get(talk.id)
            if turn.decision.kind is DecisionKind.handoff:
                self.store.conversations.save(kept.model_copy(update={"state": ConversationState.handed_over}))
            elif kept.state is ConversationState.closed:
                self.store.conversations.save(kept.model_copy(update={"state": ConversationState.open}))
        self._tell(talk.id)
        return turn

    def start_conversation(self, customer: str | None = None, writer: str | None = None) -> Conversation:
        """A new conversation with a customer of the shop (e-mail or id), or with a guest."""
        if customer is None:
            return self.store.conversations.create(writer or "Guest", None, Identity())
        found = self.find_customer(customer)
        if found is None:
            raise Invalid(f"No customer {customer!r} in this shop. Leave --customer out to write as a guest.")
        return self.store.conversations.create(found.name, found.id, signed_in(found.id))

    def find_customer(self, email_or_id: str) -> Customer | None:
        return self.store.customers.find_by_email_or_id(email_or_id)

    def quotes(self, question: str) -> list[Quote]:
        """The sentences of today's documents that answer a question; none where the desk would not answer from them."""
        hits = self.knowledge.search(question)
        return find_answer(question, hits, self.memory_of_sentences(), self.agent.is_for_staff)

    def close_conversation(self, conversation: str) -> None:
        """Close a conversation and keep what it came to; a new message opens it again."""
        self.memory.close(conversation)

    def use_model(self, name: str) -> None:
        """Answer with this model from the next turn on, as the settings will say; a turn under way ends with its own.

        `name` is a language model that is here, 'auto' for this PC's best, or 'none'. Raises `Unavailable` or `Invalid`
        for another one, and changes nothing then.
        """
        self.access.need("models")
        if name not in ("auto", "none"):
            check_language_model(name)
        self.configuration.save({"model": name})
        if self._model_name != name:  # the desk was opened with another one than the settings'
            self._model_name = name
            self._lending.put(None)

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call `subscriber` with the id of each conversation that changed, on the thread that changed it.

        Returns a function that ends the subscription.
        """
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    def warm_up(self) -> None:
        """Load what the first message would wait for; what can be done behind it goes on in a thread of its own."""
        self.language_model()
        self.signal_reader()
        self.quotes("opening hours")
        if self._warming is None:
            self._warming = threading.Thread(target=self._warm_up_behind, name="warm-up", daemon=True)
            self._warming.start()

    def finish_warm_up(self) -> None:
        """Wait until all is warm."""
        if self._warming is not None:
            self._warming.join()

    def _forget(self, said: list[str]) -> None:
        """What a person said whose data are deleted leaves the files beside the database too."""
        self.intent_examples.forget(said)
        (self.data_dir / UNSENT_FILE).unlink(missing_ok=True)

    def close(self) -> None:
        self._closing.set()
        self.finish_warm_up()
        self.memory.stop()
        if self._remote is not None:
            self._remote.close()
        self._lending.close()
        self.store.close()
        end_log(self._log)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ------------------------------------------------------------ engines, loaded at first use

    def embedder(self) -> Embedder:
        with self._loading:
            if self._embedder is None:
                named = Path(self.settings.embedder)
                self._embedder = open_embedder(named if named.is_dir() else models_dir() / self.settings.embedder)
                self._reader = None  # one that was made while it was missing knows patterns only
            return self._embedder

    def memory_of_sentences(self) -> Embedder:
        """The embedder for questions and sentences, which come again."""
        embedder = self.embedder()
        with self._loading:
            if self._memo is None:
                self._memo = MemoEmbedder(embedder)
            return self._memo

    def language_model(self) -> LanguageModel | None:
        """The model that phrases replies, or None when the desk answers by its briefs alone. Does not wait for it.

        With a fallback it is one turn's way to the engines: ask for it once a turn.
        """
        if self._router is not None and self._model_name != "none":
            return self._router.for_turn()
        return self._lending.model()

    def tool_caller(self) -> ToolCaller | None:
        """The model elsewhere that plans look-ups for one turn, or None where the rules plan them."""
        plans = self.settings.planner == "model" and self.settings.fallback == "always"
        return self._router.for_turn() if plans and self._router is not None and self._model_name != "none" else None

    def engine(self) -> EngineState:
        """What the language model on this PC does at this moment; nothing is loaded for it."""
        model = self._lending.opened
        if isinstance(model, LocalModel):
            return model.state()
        if model is not None:
            return EngineState(name=model.name, loaded=True)
        return EngineState(name=None if self._model_name == "none" else self._model_name)

    def signal_reader(self) -> SignalReader:
        """Reads messages with this shop's id patterns and product names."""
        with self._loading:
            if self._reader is None:
                self._reader = SignalReader(
                    self.lexicon(),
                    self.intents(),
                    EntityReader(
                        self.store.orders.sample_ids(),
                        self.store.tickets.sample_ids(),
                        [name for _, name in self.store.products.names()],
                        region=self.settings.locale[-2:],
                        day_first=self.settings.locale != "en_US",
                    ),
                )
            return self._reader

    def intents(self) -> Intents:
        """What customers want, by patterns and by examples; by patterns alone where there is no embedding model."""
        rules = IntentRules(bundled("resources/intents.toml"))
        try:
            embedder = self.embedder()
        except Unavailable:
            return Intents(rules)
        bundled_only, own = [self.intent_examples.bundled], self.intent_examples.own
        learned = learn_intents(bundled_only, models_dir() / "learned" / f"intents-{embedder.name}.npz", embedder)
        if own.is_dir():
            known = learned.known_vectors()
            learned = learn_intents([*bundled_only, own], self.data_dir / "intents.npz", embedder, known=known)
        return Intents(rules, learned.with_embedder(self.memory_of_sentences()))

    def lexicon(self) -> SentimentLexicon:
        """How customers feel, by words and, where words leave a doubt, by examples if there is an embedding model."""
        files = bundled("resources/frustration.toml"), bundled("resources/lexicon.toml")
        try:
            embedder = self.memory_of_sentences()
        except Unavailable:
            return SentimentLexicon(*files)
        kept = models_dir() / "learned" / f"sentiment-{embedder.name}.npz"
        return SentimentLexicon(*files, learn_votes(bundled("resources/sentiment"), kept, embedder))

    def senses(self) -> Senses:
        """What sentences of replies come to, by examples; nothing is known of it where there is no embedding model."""
        try:
            embedder = self.memory_of_sentences()
        except Unavailable:
            return RULES_ALONE
        with self._loading:
            if self._senses is None:
                self._senses = learn_senses(models_dir() / "learned", embedder)
            return self._senses

    def shop_changed(self) -> None:
        """Learn the shop's id patterns, product names and intent examples anew, with the next message."""
        with self._loading:
            self._reader = None

    def _about_customer(self, customer_id: str) -> Sequence[str]:
        """What a prompt tells of a customer: nothing where prompts may leave this PC."""
        stays_here = self.settings.fallback == "off" or self.settings.offline
        return self.memory.for_prompt(customer_id) if stays_here else ()

    # ------------------------------------------------------------ settings and the shop's own files

    def apply_settings(self, settings: Settings) -> None:
        """Work by these settings from now on; a turn under way may end by the old ones.

        A turn under way keeps its model to its end; of an endpoint that is changed it goes on with what is left. What
        `cxdesk.settings.AT_START` names waits for the next start.
        """
        before, self.settings = self.settings, settings
        self.agent.settings = self.memory.settings = settings
        self.agent.guard = self._guard()
        changed = {name for name in Settings.model_fields if getattr(before, name) != getattr(settings, name)}
        if changed & _NETWORK:
            self._open_network()
        if "model" in changed:
            self._model_name = settings.model
        if "model" in changed or (changed & _LOADING and isinstance(self._lending.opened, LocalModel)):
            self._lending.put(None)

    def _reload_files(self) -> None:
        """Work by the shop's own files as they are now."""
        phrasing = self._phrasing()
        self.agent.rules = load_rules(_own_or_bundled(self.data_dir, RULES))
        self.agent.permissions = self._permissions(self.agent.shop_tools)
        self.agent.phrasing, self.agent.outbound = phrasing, self._outbound(phrasing)
        self.agent.guard = self._guard()

    def _own_files(self) -> list[OwnFile]:
        tools = {*READ_TOOLS, *WRITE_TOOLS, *self.agent.shop_tools}
        tones = load_tones(bundled(f"resources/{TONES}"))
        return [
            OwnFile(RULES, "What proves an identity, and which changes the shop allows.", rule_problems),
            OwnFile(TONES, "How replies sound.", lambda text: tone_problems(text, tones)),
            OwnFile(BLOCKED, "What no message may contain, beside what the program refuses.", term_problems),
            OwnFile(
                PERMISSIONS, "Who may do what.", lambda text: permission_problems(text, tools), right="permissions"
            ),
        ]

    def _phrasing(self) -> Phrasing:
        return Phrasing.load(
            bundled("resources/prompts.toml"),
            bundled(f"resources/{TONES}"),
            bundled("resources/planner.toml"),
            self.data_dir / TONES,
        )

    def _outbound(self, phrasing: Phrasing) -> Outbound:
        return Outbound(self.store, phrasing.internal_texts, region=self.settings.locale[-2:])

    def _permissions(self, shop_tools: Iterable[str]) -> Permissions:
        file = _own_or_bundled(self.data_dir, PERMISSIONS)
        return load_permissions(file, {*READ_TOOLS, *WRITE_TOOLS, *shop_tools})

    def _guard(self) -> Guard:
        return Guard(self.settings.message_limit, _blocked_terms(self.data_dir))

    def _admit(self, name: str) -> None:
        person = self.store.accounts.find(name)
        if person is None or not person.active:
            self.close()
            raise Refused(f"No account {name!r} may use this desk. Ask an admin of it.")
        self.access.admit(person)

    # ------------------------------------------------------------ inside

    def _open_network(self) -> None:
        """Open the ledger and the fallback as the settings want them; a fallback that was open is closed."""
        remote, self._remote, self._router = self._remote, None, None
        if remote is not None:
            remote.close()
        settings = self.settings
        self.connections = ConnectionLedger(self.data_dir / CONNECTIONS, offline=settings.offline)
        if settings.fallback != "off" and not settings.offline:
            self._open_fallback(settings.fallback)

    def _open_fallback(self, when: Literal["on_failure", "always"]) -> None:
        settings = self.settings
        personal = PersonalFinder(self.store, lambda text: self.signal_reader().entities(text), settings.locale[-2:])
        self._remote = open_remote(settings, personal=personal, on_connect=self.connections.note)
        self._router = Router(self._lending.model, self._remote, when)

    def _open_model(self) -> LanguageModel | None:
        if self._model_name == "none":
            return None
        name = choose_installed_model() if self._model_name == "auto" else self._model_name
        if name is None:
            return None
        settings = self.settings
        model = LocalModel(locate(name, models_dir()), name, settings.context_tokens, settings.threads)
        model.start()
        return model

    def _model_in_use(self) -> InUse:
        """Without opening it."""
        opened, named = self._lending.opened, self._model_name
        if named == "none":
            return InUse(name=None, why="None is wanted: replies are the desk's own plain answers.", chosen=named)
        name = opened.name if opened else choose_installed_model() if named == "auto" else named
        if name is None:
            return InUse(name=None, why="None is on this PC: replies are the desk's own plain answers.", chosen=named)
        return InUse(name=name, why=why_chosen(name, named), chosen=named)

    @contextmanager
    def _borrow_model(self, name: str) -> Iterator[LanguageModel]:
        """A language model for a moment, behind people's turns: the one in use, else one loaded for this alone."""
        with self._lending.turn(), background():
            opened = self._lending.model() if self._model_in_use().name == name else None
            if opened is not None:
                yield opened
                return
            with self._fresh_model(name) as model:
                yield model

    @contextmanager
    def _fresh_model(self, name: str) -> Iterator[LanguageModel]:
        """A language model that has read nothing yet, closed at the end."""
        settings = self.settings
        model = LocalModel(check_language_model(name), name, settings.context_tokens, settings.threads)
        try:
            yield model
        finally:
            model.close()

    def _warm_up_behind(self) -> None:
        if (model := self.language_model()) is not None:
            with background():
                phrasing = self.agent.phrasing
                warm_composing(model, phrasing.prompt, phrasing.tones[self.settings.tone]["guidance"])
                warm_confirmation(model, phrasing.sentiment)
        self.senses()
        self._learn_sentences()

    def _learn_sentences(self) -> None:
        """Embed the documents' sentences and find their facts ahead of the questions, as many as are remembered."""
        embedder, left = self.memory_of_sentences(), CAPACITY
        for document in self.knowledge.list():
            passages = self.knowledge.passages(document.name)
            texts = texts_to_compare(passages, for_staff=self.agent.is_for_staff(document.name))[:left]
            for start in range(0, len(texts), _AT_ONCE):
                if self._closing.is_set():
                    return
                embedder.embed(texts[start : start + _AT_ONCE])
            if left > 0:
                read_ahead(passages)
            left -= len(texts)

    def _conversation(self, conversation: str | None, customer: str | None, message: str) -> Conversation:
        self.agent.guard.check(message)
        if conversation is not None:
            return self.store.conversations.get(conversation)
        return self.start_conversation(customer)

    def _tell(self, conversation_id: str) -> None:
        for subscriber in list(self._subscribers):
            subscriber(conversation_id)


def check_language_model(name: str) -> Path:
    """Where a language model lies. Raises `Unavailable` if it is not here, `Invalid` if it is of another kind."""
    path = locate(name, models_dir())
    if next(model.kind for model in installed(models_dir()) if model.name == name) != "language":
        raise Invalid(f"{name!r} is not a language model. 'cxdesk models list' shows which there are.")
    return path


def choose_installed_model() -> str | None:
    """The language model for this PC if it is here, else the largest that is; None when there is none."""
    there = {model.name: model.bytes for model in installed(models_dir()) if model.kind == "language"}
    best = choose_for_this_pc().entry.name
    return best if best in there else max(there, key=lambda name: there[name], default=None)


def _blocked_terms(data_dir: Path) -> tuple[str, ...]:
    """Those that come with the program, and the shop's own beside them."""
    files = [bundled(f"resources/{BLOCKED}"), data_dir / BLOCKED]
    return tuple(dict.fromkeys(term for file in files if file.exists() for term in read_terms(file)))


def _own_or_bundled(data_dir: Path, name: str) -> Path:
    own = data_dir / name
    return own if own.exists() else bundled(f"resources/{name}")
