"""Text to vectors: ONNX Runtime where the exported model is there, sentence-transformers for any other folder."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from cxdesk.domain import Unavailable
from cxdesk.ports import Embedder

if TYPE_CHECKING:
    from tokenizers import Encoding

EXPORTED = "model.onnx"

# Rows of one forward pass. More costs memory and gains nothing on a few cores.
_BATCH = 16
# Beyond this, threads of so small a model wait for each other; the PC has other programs to run.
_MOST_THREADS = 4


class OnnxEmbedder:
    """The exported model. Texts beyond the model's length are cut there, as the reference does.

    `threads` bounds the cores that one call uses; 0 chooses for this PC. Callable from several threads.
    Raises `Unavailable` when the folder's files are missing or damaged.
    """

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or min(_MOST_THREADS, os.cpu_count() or 1)
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # A waiting desk uses no core.
        options.log_severity_level = 3
        try:
            # The file exists before it is parsed, since ONNX Runtime's own errors differ from version to version.
            model = (folder / EXPORTED).resolve(strict=True)
            self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._tokenizer.enable_truncation(_max_tokens(folder))
        except Exception as error:  # Both libraries raise their own kinds, some of them bare.
            raise Unavailable(f"The embedding model in {str(folder)!r} can't be loaded. {_fetch(folder)}") from error
        # Else the session keeps what its largest batch took, up to 100 MB, for good.
        self._of_batches = onnxruntime.RunOptions()
        self._of_batches.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        self._tokenizer.no_padding()
        self._dimension = int(self._session.get_outputs()[0].shape[1])
        self._name = folder.name

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return self._dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit vector a text, in the order given."""
        vectors = np.empty((len(texts), self._dimension), dtype=np.float32)
        encodings = self._tokenizer.encode_batch_fast(list(texts))
        for rows in _alike(encodings):
            vectors[rows] = self._forward([encodings[row] for row in rows])
        return vectors

    def _forward(self, encodings: Sequence[Encoding]) -> NDArray[np.float32]:
        longest = max(len(encoding.ids) for encoding in encodings)
        ids = np.zeros((len(encodings), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        options = self._of_batches if len(encodings) > 1 else None
        inputs = {"input_ids": ids, "attention_mask": mask}
        return cast("NDArray[np.float32]", self._session.run(None, inputs, options)[0])


def _alike(encodings: Sequence[Encoding]) -> Iterator[list[int]]:
    """Rows in batches of similar length, so that little is spent on padding."""
    by_length = sorted(range(len(encodings)), key=lambda row: len(encodings[row].ids))
    for start in range(0, len(by_length), _BATCH):
        yield by_length[start : start + _BATCH]


def _max_tokens(folder: Path) -> int:
    return int(json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))["max_seq_length"])


class SentenceTransformerEmbedder:
    """Any sentence-transformers folder, and the reference for the exported one. Slow to load; needs torch."""

    def __init__(self, folder: Path) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise Unavailable(
                f"The model in {str(folder)!r} needs the package {error.name!r}. Run 'pip install cxdesk[export]'."
            ) from error
        try:
            self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise Unavailable(
                f"The embedding model in {str(folder)!r} can't be loaded. Choose another folder, or fetch it again."
            ) from error
        self._dimension = self._model.get_embedding_dimension() or len(self._model.encode(""))
        self._name = folder.name
        self._one_at_a_time = Lock()

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return self._dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit vector a text, in the order given."""
        if not texts:
            return np.empty((0, self._dimension), dtype=np.float32)
        with self._one_at_a_time:
            vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)


def open_embedder(folder: Path, *, threads: int = 0) -> Embedder:
    """The embedder for a model folder: ONNX Runtime where its exported file is there, else sentence-transformers.

    Raises `Unavailable` with the next step when the folder holds no model.
    """
    if (folder / EXPORTED).exists():
        return OnnxEmbedder(folder, threads=threads)
    if (folder / "modules.json").exists():
        return SentenceTransformerEmbedder(folder)
    raise Unavailable(f"No embedding model at {str(folder)!r}. {_fetch(folder)}")


def _fetch(folder: Path) -> str:
    return f"Fetch it on the page Models, or with 'cxdesk models fetch {folder.name}'."
