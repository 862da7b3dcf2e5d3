"""One model for all, changed while turns are under way."""

from threading import Thread

from cxdesk.llm.lending import Lending
from cxdesk.llm.scripted import ScriptedModel


def lending_of(*models):
    return Lending(iter(models).__next__)


def test_the_model_is_opened_at_its_first_use_and_once():
    first = ScriptedModel(name="first")
    lending = lending_of(first)
    assert lending.opened is None
    assert lending.model() is lending.model() is first is lending.opened


def test_a_turn_ends_with_the_model_it_began_with_and_the_next_one_has_the_new():
    first, second = ScriptedModel(name="first"), ScriptedModel(name="second")
    lending = lending_of(first, second)
    with lending.turn():
        assert lending.model() is first
        lending.put(None)
        assert lending.model() is first
        assert not first.closed
    assert first.closed
    assert lending.model() is second


def test_a_turn_that_has_not_asked_yet_gets_the_new_model():
    first, second = ScriptedModel(name="first"), ScriptedModel(name="second")
    lending = lending_of(first, second)
    lending.model()
    with lending.turn():
        lending.put(None)
        assert first.closed
        assert lending.model() is second


def test_other_threads_get_the_new_model_at_once():
    first, second = ScriptedModel(name="first"), ScriptedModel(name="second")
    lending = lending_of(first, second)
    got = []
    with lending.turn():
        lending.model()
        lending.put(None)
        thread = Thread(target=lambda: got.append(lending.model()))
        thread.start()
        thread.join()
    assert got == [second]
    assert not second.closed


def test_a_turn_inside_a_turn_is_a_part_of_it():
    first, second = ScriptedModel(name="first"), ScriptedModel(name="second")
    lending = lending_of(first, second)
    with lending.turn():
        lending.model()
        with lending.turn():
            lending.put(None)
            assert lending.model() is first
        assert not first.closed


def test_closing_closes_what_is_in_use_too():
    first, second = ScriptedModel(name="first"), ScriptedModel(name="second")
    lending = lending_of(first, second)
    with lending.turn():
        lending.model()
        lending.put(second)
        lending.close()
        assert first.closed
        assert second.closed
