import pytest

from cxdesk.domain import Refused
from cxdesk.ledger import ConnectionLedger


def test_every_attempt_is_kept_in_order(tmp_path):
    ledger = ConnectionLedger(tmp_path / "connections.jsonl")
    assert ledger.attempts() == []
    ledger.note("fallback", "api.example:443")
    ledger.note("fallback", "10.0.0.7:8080")
    kept = ConnectionLedger(tmp_path / "connections.jsonl").attempts()
    assert [(attempt.who, attempt.where) for attempt in kept] == [
        ("fallback", "api.example:443"),
        ("fallback", "10.0.0.7:8080"),
    ]


def test_a_line_cut_short_loses_no_other(tmp_path):
    file = tmp_path / "connections.jsonl"
    ConnectionLedger(file).note("fallback", "api.example:443")
    with file.open("a", encoding="utf-8") as lines:
        lines.write('{"who": "fall')
    assert len(ConnectionLedger(file).attempts()) == 1


def test_in_offline_mode_an_attempt_is_refused_before_it_is_made(tmp_path):
    ledger = ConnectionLedger(tmp_path / "connections.jsonl", offline=True)
    with pytest.raises(Refused, match="Offline mode is on"):
        ledger.note("model download", "models.example")
    assert ledger.attempts() == []
