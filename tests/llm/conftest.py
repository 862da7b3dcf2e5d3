"""Small things that several tests of this room need."""

from __future__ import annotations

import hashlib
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cxdesk.llm.catalog import Entry, PageSource, Source, WeightFile, WheelSource
from cxdesk.llm.local import LocalModel
from cxdesk.ports import ChatMessage, Prompt
from cxdesk.settings import models_dir

SMALLEST = "SmolLM2-135M-Instruct.Q4_1.gguf"


def entry_of(content: bytes, *sources: Source, name: str = "tiny", memory_mb: int = 1) -> Entry:
    """A catalog entry of one language model whose file has this content."""
    sha256 = hashlib.sha256(content).hexdigest()
    return Entry(
        name=name,
        kind="language",
        good_for="tests",
        licence="Apache-2.0",
        parameters=1,
        context_tokens=64,
        memory_mb=memory_mb,
        cores=1,
        tried=True,
        files=(WeightFile(path=f"{name}.gguf", bytes=len(content), sha256=sha256),),
        sources=sources,
    )


def page(url: str) -> PageSource:
    return PageSource(url=url)


def wheels(parts: int) -> WheelSource:
    return WheelSource(requirement="tiny-part{part}==1.0", parts=parts, member="data/part{part:02}.bin")


def make_wheel(folder: Path, part: int, content: bytes) -> None:
    """A wheel as small as pip accepts, with the content as its data file."""
    package, info = f"tiny_part{part}", f"tiny_part{part}-1.0.dist-info"
    files = {
        f"{package}/__init__.py": b"raise SystemExit('nobody may run this')",
        f"{package}/data/part{part:02}.bin": content,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: tiny-part{part}\nVersion: 1.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": b"",
    }
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / f"{package}-1.0-py3-none-any.whl", "w") as wheel:
        for name, data in files.items():
            wheel.writestr(name, data)


def gguf_bytes(*, tensor_bytes: int = 64, version: int = 3, magic: bytes = b"GGUF") -> bytes:
    """A GGUF with one tensor of 16 numbers, as the specification lays it out."""

    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    def pair(key: str, kind: int, value: bytes) -> bytes:
        return text(key) + struct.pack("<I", kind) + value

    header = magic + struct.pack("<IQQ", version, 1, 3)
    header += pair("general.architecture", 8, text("llama"))
    header += pair("llama.context_length", 4, struct.pack("<I", 128))
    header += pair("tokenizer.ggml.tokens", 9, struct.pack("<IQ", 8, 2) + text("a") + text("b"))
    header += text("weight") + struct.pack("<IQIQ", 1, 16, 0, 0)
    return header + b"\0" * (-len(header) % 32) + b"\1" * tensor_bytes


def ask(*texts: str, slot: str = "", system: str = "You answer in one short sentence.") -> Prompt:
    """A prompt of a system message and turns that alternate, the user's first."""
    roles = ("user", "assistant")
    turns = [ChatMessage(role=roles[i % 2], content=text) for i, text in enumerate(texts)]  # type: ignore[arg-type]
    return Prompt(messages=(ChatMessage(role="system", content=system), *turns), slot=slot)


@pytest.fixture(scope="session")
def weights_file() -> Path:
    path = models_dir() / SMALLEST
    if not path.exists():
        pytest.skip(f"{SMALLEST} is not there; 'cxdesk models fetch smollm2-135m-instruct-q4_1' brings it")
    return path


@pytest.fixture(scope="module")
def shared_model(weights_file: Path) -> Iterator[LocalModel]:
    """One running model for the tests that do not harm it."""
    model = LocalModel(weights_file, "smollm2", context_tokens=1024, threads=2)
    yield model
    model.close()


@pytest.fixture
def own_model(weights_file: Path) -> Iterator[LocalModel]:
    """A model for one test, to be killed or closed."""
    model = LocalModel(weights_file, "smollm2", context_tokens=1024, threads=2)
    yield model
    model.close()
