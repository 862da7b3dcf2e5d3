import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from cxdesk.domain import Unavailable
from cxdesk.llm.embedder import EXPORTED, OnnxEmbedder, SentenceTransformerEmbedder, open_embedder
from cxdesk.llm.export import export_onnx
from cxdesk.llm.toy import ToyEmbedder
from cxdesk.settings import models_dir

TEXTS = [
    "How long does a refund take?",
    "",
    "🙂 ÄÖÜ 漢字",
    "word " * 400,  # longer than the model reads
    "I've been waiting for 3 weeks and still no response!",
]


@pytest.fixture(scope="module")
def minilm() -> Path:
    return models_dir() / "all-minilm-l6-v2"


@pytest.fixture(scope="module")
def embedder(minilm):
    return OnnxEmbedder(minilm, threads=1)


@pytest.mark.weights
@pytest.mark.filterwarnings("default")  # torch and transformers warn of their own future at import.
def test_the_exported_model_gives_the_vectors_of_sentence_transformers(minilm, embedder):
    pytest.importorskip("sentence_transformers")
    reference = SentenceTransformerEmbedder(minilm)
    assert np.abs(embedder.embed(TEXTS) - reference.embed(TEXTS)).max() < 1e-5
    assert (reference.dimension, reference.name) == (embedder.dimension, embedder.name)
    assert reference.embed([]).shape == (0, 384)


@pytest.mark.weights
@pytest.mark.filterwarnings("default")
def test_an_export_appears_whole_and_serves(minilm, tmp_path):
    pytest.importorskip("sentence_transformers")
    folder = tmp_path / "copy"
    folder.mkdir()
    for name in ("tokenizer.json", "sentence_bert_config.json"):
        (folder / name).write_bytes((minilm / name).read_bytes())
    export_onnx(minilm, folder / EXPORTED)
    assert sorted(path.name for path in folder.iterdir()) == [
        "model.onnx",
        "sentence_bert_config.json",
        "tokenizer.json",
    ]
    assert np.allclose(open_embedder(folder).embed(TEXTS), open_embedder(minilm).embed(TEXTS), atol=1e-5)


@pytest.mark.weights
def test_vectors_have_length_one_and_keep_the_order_of_their_texts(embedder):
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    one_by_one = np.vstack([embedder.embed([text]) for text in TEXTS])
    assert np.allclose(vectors, one_by_one, atol=1e-5)
    assert embedder.embed([]).shape == (0, 384)


@pytest.mark.weights
def test_what_means_the_same_lies_closer_than_what_does_not(embedder):
    money, same, other = embedder.embed(["I want my money back", "Please refund me", "The kettle is blue"])
    assert money @ same > money @ other + 0.2


@pytest.mark.weights
def test_several_threads_get_their_own_vectors(embedder):
    texts = [f"Question number {number}" for number in range(24)]
    expected = embedder.embed(texts)
    with ThreadPoolExecutor(4) as pool:
        found = np.vstack([*pool.map(lambda text: embedder.embed([text]), texts)])
    assert np.allclose(found, expected, atol=1e-5)


@pytest.mark.weights
def test_serving_never_imports_torch(minilm):
    code = (
        "import sys; from pathlib import Path; from cxdesk.llm.embedder import open_embedder;"
        f"open_embedder(Path({str(minilm)!r})).embed(['x']);"
        "sys.exit(any(name in sys.modules for name in ('torch', 'transformers', 'sentence_transformers')))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | {"PYTHONPATH": str(Path.cwd())})


def test_a_missing_model_names_the_next_step(tmp_path):
    with pytest.raises(Unavailable, match="cxdesk models fetch all-minilm-l6-v2"):
        open_embedder(tmp_path / "all-minilm-l6-v2")


def test_a_damaged_model_names_the_next_step(tmp_path):
    (tmp_path / EXPORTED).write_bytes(b"no model")
    with pytest.raises(Unavailable, match="can't be loaded"):
        open_embedder(tmp_path)


def test_an_export_of_nothing_is_refused(tmp_path):
    with pytest.raises(Unavailable, match="No embedding model"):
        export_onnx(tmp_path / "none", tmp_path / EXPORTED)
    assert not list(tmp_path.iterdir())


def test_toy_vectors_are_the_same_everywhere_and_near_for_shared_words():
    toy = ToyEmbedder()
    express, parcel, zebra = toy.embed(["express parcel", "a parcel by express", "zebra crossing"])
    assert express @ parcel > express @ zebra + 0.3
    assert np.allclose(toy.embed(["express parcel"])[0], express)
    assert np.allclose(np.linalg.norm(toy.embed(["", "🙂", "x"]), axis=1), 1)
    assert toy.embed([]).shape == (0, 64)
