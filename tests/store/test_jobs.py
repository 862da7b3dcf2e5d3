from cxdesk.domain import JobRun, now


def run(name, *, ok=True):
    return JobRun(name=name, started_at=now(), duration_s=0.1, ok=ok, result="Done.")


def test_the_last_run_is_that_of_this_job_and_may_be_asked_by_its_end(fresh_store):
    good, bad = run("a"), run("a", ok=False)
    for each in (good, bad, run("b")):
        fresh_store.job_runs.add(each)
    assert fresh_store.job_runs.last("a") == bad
    assert fresh_store.job_runs.last("a", ok=True) == good
    assert fresh_store.job_runs.last("c") is None
    assert fresh_store.job_runs.of("a") == [bad, good]
