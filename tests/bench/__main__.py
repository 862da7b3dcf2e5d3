"""`make bench`: every figure in one table on stdout, and as JSON in build/bench.json."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from cxdesk.desk import choose_installed_model
from cxdesk.llm.weights import locate
from cxdesk.offline import silence
from cxdesk.settings import models_dir

RESULT = Path("build/bench.json")


def main() -> int:
    silence()
    from tests.bench import (
        alternating_bench,
        engine_bench,
        grounding_bench,
        history_bench,
        rollup_bench,
        search_bench,
        signals_bench,
        turn_bench,
        window_bench,
    )

    figures: dict[str, dict[str, object]] = {
        "signals": signals_bench.measure(),
        "turn, no model": turn_bench.measure(),
        "replies, checked": grounding_bench.measure(),
        "search, 100,000 passages": search_bench.measure(),
        "history, 100,000 messages": history_bench.measure(),
        "profiles": rollup_bench.measure(),
        "window": window_bench.measure(),
    }
    name = choose_installed_model()
    if name is not None:
        weights = locate(name, models_dir())
        figures[f"engine, {name}"] = engine_bench.measure(weights)
        figures["four conversations alternating"] = alternating_bench.measure(weights)
        figures["whole turns"] = alternating_bench.measure_turns(weights)
    table = Table("what", "figure", "value")
    for what, values in figures.items():
        for figure, value in values.items():
            table.add_row(what, figure.replace("_", " "), json.dumps(value) if isinstance(value, dict) else str(value))
    Console().print(table)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(figures, indent=2, default=str), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
