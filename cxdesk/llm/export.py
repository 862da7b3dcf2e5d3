"""Turns a sentence-transformers model into one ONNX file, once, at set-up.

The running desk embeds with ONNX Runtime alone: it starts in half a second where torch needs seven, in a
third of the memory. torch and sentence-transformers are imported here and in the fallback embedder only.
"""

from __future__ import annotations

import warnings
from pathlib import Path

from cxdesk.domain import Unavailable

OPSET = 17


def export_onnx(model_folder: Path, target: Path) -> None:
    """Write the model in `model_folder` to `target`: token ids and mask in, one unit vector a text out.

    Pooling and normalisation are inside the graph, as the folder's own modules define them; batch and
    length are dynamic. The file appears whole or not at all. Raises `Unavailable` when the folder
    holds no model, or the packages of the 'export' extra are not installed.
    """
    if not (model_folder / "modules.json").exists():
        raise Unavailable(
            f"No embedding model at {str(model_folder)!r}. Run 'cxdesk models fetch {model_folder.name}'."
        )
    try:
        import torch
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise Unavailable(
            f"Exporting the embedding model needs the package {error.name!r}. Run 'pip install cxdesk[export]'."
        ) from error

    class Graph(torch.nn.Module):
        """The whole pipeline as a function of two tensors, which is what an export can trace."""

        def __init__(self, model: SentenceTransformer) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)

    # Eager attention: the fused kind looks at the mask's values while it is traced, and keeps what it saw.
    model = SentenceTransformer(str(model_folder), device="cpu", model_kwargs={"attn_implementation": "eager"})
    graph = Graph(model.eval()).eval()
    ids = torch.tensor([[101, 2023, 2003, 102], [101, 2009, 102, 0]])
    example = (ids, (ids != 0).long())
    unfinished = target.with_name(target.name + ".part")
    try:
        with warnings.catch_warnings(), torch.no_grad():
            # The tracer warns of shapes that become constants; the parity test covers them.
            warnings.simplefilter("ignore")
            torch.onnx.export(
                graph,
                example,
                str(unfinished),
                input_names=["input_ids", "attention_mask"],
                output_names=["embedding"],
                dynamic_axes={name: {0: "batch", 1: "length"} for name in ("input_ids", "attention_mask")}
                | {"embedding": {0: "batch"}},
                opset_version=OPSET,
                dynamo=False,
            )
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
