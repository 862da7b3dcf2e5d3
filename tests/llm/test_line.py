import threading

from cxdesk.llm.line import Line, background, is_background


def no_way():
    raise AssertionError("nobody should have asked")


def test_people_go_before_background_work_that_came_earlier():
    line, order = Line(), []

    def take(name, *, behind):
        with line.turn(background=behind, give_way=lambda: None):
            order.append(name)

    with line.turn(background=False, give_way=no_way):
        threads = []
        for name, behind in (("draft 1", True), ("draft 2", True), ("person 1", False), ("person 2", False)):
            threads.append(threading.Thread(target=take, args=(name,), kwargs={"behind": behind}))
            threads[-1].start()
            while len(line._waiting) < len(threads):
                pass
    for thread in threads:
        thread.join()
    assert order == ["person 1", "person 2", "draft 1", "draft 2"]


def test_background_work_is_asked_to_give_way_when_a_person_comes():
    line, asked = Line(), threading.Event()
    served = threading.Event()

    def person():
        with line.turn(background=False, give_way=no_way):
            served.set()

    thread = threading.Thread(target=person)
    with line.turn(background=True, give_way=asked.set):
        thread.start()
        assert asked.wait(10)
        assert not served.is_set()
    thread.join()
    assert served.is_set()


def test_other_background_work_does_not_make_it_give_way():
    line = Line()
    thread = threading.Thread(target=lambda: line.turn(background=True, give_way=no_way).__enter__())
    with line.turn(background=True, give_way=no_way):
        thread.start()
        while not line._waiting:
            pass
    thread.join()


def test_the_turn_is_handed_on_after_a_failure():
    line = Line()
    try:
        with line.turn(background=False, give_way=no_way):
            raise ValueError
    except ValueError:
        pass
    with line.turn(background=False, give_way=no_way):
        pass


def test_background_is_a_matter_of_the_thread_that_says_so():
    seen = []
    with background():
        assert is_background()
        thread = threading.Thread(target=lambda: seen.append(is_background()))
        thread.start()
        thread.join()
    assert seen == [False]
    assert not is_background()
