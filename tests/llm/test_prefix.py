from ctypes import c_uint8

from hypothesis import given
from hypothesis import strategies as st

from cxdesk.llm.prefix import ParkingLot, shared_length

tokens = st.lists(st.integers(0, 3), max_size=12)


def state(size):
    return (c_uint8 * size)()


@given(tokens, tokens)
def test_the_shared_beginning_is_shared_and_no_longer_one_is(a, b):
    length = shared_length(a, b)
    assert a[:length] == b[:length]
    assert length in (len(a), len(b)) or a[length] != b[length]


def test_a_prompt_begins_from_the_sequence_that_shares_most_with_it():
    lot = ParkingLot(1000)
    lot.park("a", [1, 2, 3, 4], lambda: state(10))
    lot.park("b", [1, 2, 9], lambda: state(10))
    assert lot.longest([1, 2, 3, 5]).tokens == (1, 2, 3, 4)
    assert lot.longest([1, 2, 9, 9]).tokens == (1, 2, 9)
    assert lot.longest([7]) is None


def test_beyond_the_budget_the_least_recently_used_goes():
    lot = ParkingLot(25)
    lot.park("a", [1], lambda: state(10))
    lot.park("b", [2], lambda: state(10))
    assert lot.longest([1]) is not None
    lot.park("c", [3], lambda: state(10))
    assert lot.longest([1]) is not None
    assert lot.longest([2]) is None
    assert lot.bytes == 20


def test_a_state_that_is_kept_already_is_not_taken_again():
    lot = ParkingLot(100)
    taken = []

    def take():
        taken.append(1)
        return state(1)

    for _ in range(3):
        lot.park("a", [1, 2], take)
    lot.park("a", [1, 2, 3], take)
    assert len(taken) == 2


def test_a_state_larger_than_the_budget_is_not_kept():
    lot = ParkingLot(5)
    lot.park("a", [1], lambda: state(10))
    assert lot.longest([1]) is None
