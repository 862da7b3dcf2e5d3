"""The checker against true replies and the same with one fact made wrong; `make bench` counts many more."""

from tests.bench.grounding_bench import figures, replies
from tests.bench.replies import FIRST


def test_a_changed_fact_is_found_and_the_true_reply_passes(toy_embedder):
    true, wrong = replies([FIRST], orders=2, passages=8, embedder=toy_embedder)[FIRST]
    measured = figures(true, wrong)
    assert len(wrong) >= 150
    assert measured["found"] >= 0.98, measured
    assert measured["false_alarms"] <= 0.03, measured
