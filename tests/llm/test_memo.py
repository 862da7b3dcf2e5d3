import numpy as np

from cxdesk.llm.memo import MemoEmbedder
from cxdesk.llm.toy import ToyEmbedder


class Counting(ToyEmbedder):
    def __init__(self):
        super().__init__()
        self.asked = []

    def embed(self, texts):
        self.asked += texts
        return super().embed(texts)


def test_the_vectors_are_those_of_the_embedder_in_the_same_order():
    texts = ["one", "two", "one", "three"]
    assert np.array_equal(MemoEmbedder(ToyEmbedder()).embed(texts), ToyEmbedder().embed(texts))


def test_each_text_is_embedded_once():
    embedder = Counting()
    memo = MemoEmbedder(embedder)
    memo.embed(["one", "two", "one"])
    memo.embed(["two", "three"])
    assert embedder.asked == ["one", "two", "three"]


def test_the_least_recently_used_is_forgotten():
    embedder = Counting()
    memo = MemoEmbedder(embedder, capacity=2)
    for text in ("one", "two", "one", "three", "one", "two"):
        memo.embed([text])
    assert embedder.asked == ["one", "two", "three", "two"]


def test_nothing_gives_no_rows():
    assert MemoEmbedder(ToyEmbedder()).embed([]).shape == (0, ToyEmbedder().dimension)
