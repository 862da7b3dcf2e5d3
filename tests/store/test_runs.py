def test_the_latest_run_is_the_newest_that_finished(fresh_store):
    first, second = (fresh_store.runs.start("c_1", f"m_{n}") for n in (1, 2))
    assert fresh_store.runs.latest("c_1") is None
    fresh_store.runs.finish(first.id, {"reply": "one"})
    assert fresh_store.runs.latest("c_1").turn == {"reply": "one"}
    fresh_store.runs.finish(second.id, {"reply": "two"})
    fresh_store.runs.start("c_1", "m_3")
    assert fresh_store.runs.latest("c_1").id == second.id
