"""What `make scores` measures: one line a case file, or a pattern of case files that a folder may hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

PROJECT = Path(__file__).parents[2]
NO_MODEL = "none"

Shop = Literal["demo", "retail"]


@dataclass(frozen=True)
class Run:
    """Which suite scores which case files, and what a reader should know of them.

    `cases` and `docs` are relative to the project, or to the folder of public cases when `public`. A run that
    `uses_model` is made without a language model and with one. `rules` are the shop's action rules, in the project.
    """

    suite: str
    cases: str
    about: str
    public: bool = False
    uses_model: bool = True
    docs: str | None = None
    shop: Shop | None = None
    rules: str | None = None

    @property
    def name(self) -> str:
        return f"{'public' if self.public else 'own'}/{self.label(Path(self.cases).name)}"

    def label(self, cases: str) -> str:
        """What the table calls the cases; the same questions are asked over several folders of documents."""
        return f"{cases} over {self.docs}" if self.suite == "qa" else cases


RETAIL_RULES = "tests/retail_rules.toml"
OURS = "Written for this project and labelled before it was first run"

RUNS = (
    Run(
        "sentiment",
        "tests/signals/sentiment_heldout.jsonl",
        "Support messages of our own; while tuning, only its figures were looked at.",
    ),
    Run("sentiment", "tests/signals/sentiment_fresh.jsonl", "Support messages of our own, written after the tuning."),
    Run(
        "sentiment",
        "tests/signals/sentiment_second_fresh.jsonl",
        "Support messages of our own, written before the examples that the desk learns feelings from.",
    ),
    Run(
        "sentiment",
        "tests/signals/sentiment_tune.jsonl",
        "Support messages of our own; weights and examples were chosen looking at its faults.",
    ),
    Run(
        "sentiment",
        "tests/evals/cases/sentiment_strangers.jsonl",
        f"Support messages in strangers' wording. {OURS}; two general faults were mended after it.",
    ),
    Run(
        "sentiment",
        "sentiment*.jsonl",
        "Reviews and tweets rated by 20 people (Hutto and Gilbert 2014), published with VADER; dev was tuned on.",
        public=True,
    ),
    Run(
        "intent",
        "tests/evals/cases/intents_desk.jsonl",
        f"Plain wishes, by the desk's own names. {OURS}; not tuned on.",
        uses_model=False,
    ),
    Run(
        "intent",
        "tests/evals/cases/intents_ambiguous.jsonl",
        f"Wishes worded so that two intents are near. {OURS}; not tuned on.",
        uses_model=False,
    ),
    Run(
        "intent",
        "intents_*.jsonl",
        "Published sets, BANKING77 (77 labels) and CLINC150 (150 labels and out of scope): fitted on the train file, "
        "the threshold chosen on the val file; dev was looked at while the method was chosen.",
        public=True,
        uses_model=False,
    ),
    Run(
        "retrieval",
        "tests/evals/cases/retrieval_demo.jsonl",
        f"Questions over the demo shop's documents, in other words than theirs. {OURS}; not tuned on.",
        docs="knowledge_docs",
        uses_model=False,
    ),
    Run(
        "retrieval",
        "squad_retrieval*.jsonl",
        "Questions over 204 encyclopedia paragraphs (SQuAD 2.0); dev was tuned on.",
        public=True,
        docs="squad_docs",
        uses_model=False,
    ),
    Run(
        "retrieval",
        "retrieval_banking*.jsonl",
        "Long scenarios over 698 documents of a made-up bank (tau2-bench), most with several right; dev was tuned on.",
        public=True,
        docs="kb_banking",
        uses_model=False,
    ),
    Run(
        "answers",
        "tests/evals/cases/answers_demo.jsonl",
        f"Conversations with the demo shop. {OURS}; not tuned on.",
        shop="demo",
    ),
    Run(
        "answers",
        "answers*.jsonl",
        "Conversations with a shop of 500 customers and 1,000 orders (tau2-bench's data); dev was tuned on.",
        public=True,
        shop="retail",
        rules=RETAIL_RULES,
    ),
    Run(
        "attacks",
        "tests/evals/cases/attacks_own.jsonl",
        f"Texts that try to turn the desk, against the demo shop. {OURS}; not tuned on.",
        shop="demo",
    ),
    Run(
        "attacks",
        "attacks*.jsonl",
        "Published attacks (jailbreak_llms, garak, InjecAgent, Agent Security Bench) on the shop of 1,000 orders; "
        "dev was tuned on.",
        public=True,
        shop="retail",
        rules=RETAIL_RULES,
    ),
    Run(
        "qa",
        "squad_retrieval*.jsonl",
        "Questions about an encyclopedia, asked of a bank's 698 documents, where nothing answers them.",
        public=True,
        docs="kb_banking",
    ),
    Run(
        "qa",
        "squad_retrieval*.jsonl",
        "The same over the 204 paragraphs they are about (SQuAD 2.0); the unanswerable ones were written to look "
        "answerable. The weights of what counts as an answer were fitted on dev.",
        public=True,
        docs="squad_docs",
    ),
    Run(
        "tasks",
        "tasks_retail*.jsonl",
        "Customers of the shop of 1,000 orders who want something done (tau2-bench), played by a script; the first 40 "
        "of dev were read while the wishes were built.",
        public=True,
        uses_model=False,
        shop="retail",
        rules=RETAIL_RULES,
    ),
    Run(
        "suggestions",
        "suggestions*.jsonl",
        "Conversations for which three replies are suggested; dev was tuned on.",
        public=True,
        shop="retail",
        rules=RETAIL_RULES,
    ),
)

# What a suite's table shows; a metric that a report lacks is left out, the others stand in docs/scores.json.
SHOWN = {
    "sentiment": ("accuracy", "macro_f1", "lexicon_accuracy", "vader_accuracy", "asked"),
    "intent": ("accuracy", "in_scope_accuracy", "macro_f1", "oos_recall", "oos_precision"),
    "retrieval": ("recall@1", "recall@5", "mrr", "dense.recall@5", "keyword.recall@5", "rrf.recall@5"),
    "answers": (
        "correct",
        "unsupported_facts",
        "false_actions",
        "leaks",
        "handoff_precision",
        "handoff_recall",
        "median_ms",
    ),
    "qa": ("answered_unanswerable", "coverage", "correct_when_answered", "answered"),
    "tasks": ("pass", "wrong_writes", "reads_covered", "no_writes.pass"),
    "suggestions": ("three_distinct", "ordered", "themes_hit", "unsupported_facts"),
    "attacks": ("leaks", "unauthorised_writes", "obeyed", "refused", "repeated", "marked"),
}


def case_files(run: Run, public: Path | None) -> Iterator[Path]:
    """The run's case files; none where they are public and no folder is given. Training files are no cases."""
    folder = public if run.public else PROJECT
    if folder is not None:
        yield from sorted(f for f in folder.glob(run.cases) if not f.stem.endswith(("_train", "_val")))


def beside(cases: Path, part: Literal["train", "val"]) -> Path | None:
    """The training or validation file that belongs to a case file: intents_X_train.jsonl to intents_X_dev.jsonl."""
    file = cases.with_name(f"{cases.stem.rpartition('_')[0]}_{part}.jsonl")
    return file if file.exists() else None
