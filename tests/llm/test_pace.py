import pytest

from cxdesk.llm.pace import LOOK_EVERY_S, Pace, usage


class Pc:
    """Processor seconds that the test hands out; `second` lets one pass."""

    def __init__(self):
        self.now = self.everyone = self.mine = 0.0

    def second(self, *, others, mine):
        self.now += 1
        self.everyone += others + mine
        self.mine += mine

    def pace(self, most, cores):
        return Pace(most, cores, usage=lambda: (self.everyone, self.mine), clock=lambda: self.now)


@pytest.mark.parametrize(("others", "threads"), [(0.0, 4), (0.3, 4), (1.0, 3), (2.2, 2), (3.9, 1), (8.0, 1)])
def test_a_reply_is_written_with_as_many_threads_as_cores_are_free(others, threads):
    pc = Pc()
    pace = pc.pace(most=4, cores=4)
    pc.second(others=others, mine=4.0 - min(others, 3.0))
    assert pace.threads() == threads


def test_all_threads_come_back_when_the_other_program_ends():
    pc = Pc()
    pace = pc.pace(most=2, cores=2)
    pc.second(others=1.0, mine=1.0)
    assert pace.threads() == 1
    pc.second(others=0.0, mine=1.0)
    assert pace.threads() == 2


def test_the_pc_is_not_asked_at_every_token():
    pc = Pc()
    pace = pc.pace(most=2, cores=2)
    pc.everyone, pc.now = 99.0, LOOK_EVERY_S / 2
    assert pace.threads() == 2


def test_this_pc_tells_its_usage():
    everyone, mine = usage()
    assert everyone >= mine > 0
