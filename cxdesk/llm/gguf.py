"""Tells whether a file is a whole GGUF, from its header alone and without loading native code.

A file that was cut short, or renamed from something else, would crash or starve the engine much later and
say nothing useful, so it is looked at before it comes in. The layout is the one that the GGUF specification
of the ggml project describes: magic, version, counts, key-value pairs, tensor descriptions, aligned data.
"""

from __future__ import annotations

import math
import struct
from pathlib import Path
from typing import BinaryIO

from cxdesk.domain import Invalid, Record

MAGIC = b"GGUF"
VERSIONS = (2, 3)

# A damaged count must not make us read for minutes: far above every real model.
MOST_ITEMS = 10_000_000
LONGEST_TEXT = 64_000_000
MOST_DIMENSIONS = 4

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9

# ggml's tensor types: (elements a block, bytes a block).
_BLOCKS = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 36),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292),
    16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82),
    23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2),
    34: (256, 54), 35: (256, 66), 39: (32, 17),
}  # fmt: skip


class GgufHeader(Record):
    """What the header says that a person or the catalog may want to know."""

    version: int
    architecture: str
    title: str
    tensors: int
    context_tokens: int | None


class _Damaged(Exception):
    """The reason, as the end of a sentence."""


def read_header(path: Path) -> GgufHeader:
    """The header of a GGUF whose tensors all lie inside the file. Raises `Invalid` for anything else."""
    try:
        with path.open("rb") as file:
            return _read(file, path.stat().st_size)
    except FileNotFoundError as error:
        raise Invalid(f"There is no file {str(path)!r}. Check the path.") from error
    except (_Damaged, OSError) as error:
        raise Invalid(f"{str(path)!r} is not a usable GGUF model: {error}. Get the file again.") from error


def _read(file: BinaryIO, size: int) -> GgufHeader:
    if file.read(4) != MAGIC:
        raise _Damaged("it does not begin like one")
    version = _number(file, "I")
    if version not in VERSIONS:
        raise _Damaged(f"its version is {version}, and {VERSIONS[0]} to {VERSIONS[-1]} can be read")
    tensors, pairs = _count(file), _count(file)
    values = dict(_pair(file) for _ in range(pairs))
    ends = [_tensor_end(file) for _ in range(tensors)]
    if not tensors or "general.architecture" not in values:
        raise _Damaged("it names no architecture or holds no tensors")
    alignment = values.get("general.alignment", 32)
    if not isinstance(alignment, int) or alignment < 1:
        raise _Damaged("its alignment makes no sense")
    data_start = -(-file.tell() // alignment) * alignment
    if (needed := data_start + max(ends)) > size:
        raise _Damaged(f"it is cut short, {size:,} bytes where its tensors need {needed:,}")
    architecture = str(values["general.architecture"])
    context = values.get(f"{architecture}.context_length")
    return GgufHeader(
        version=version,
        architecture=architecture,
        title=str(values.get("general.name", "")),
        tensors=tensors,
        context_tokens=context if isinstance(context, int) else None,
    )


def _pair(file: BinaryIO) -> tuple[str, object]:
    return _text(file), _value(file, _number(file, "I"))


def _value(file: BinaryIO, kind: int) -> object:
    """A value; arrays are passed over, nobody here asks for them."""
    if kind == _STRING:
        return _text(file)
    if kind == _ARRAY:
        _skip_array(file)
        return None
    if kind not in _SCALARS:
        raise _Damaged(f"its header holds a value of unknown kind {kind}")
    return _number(file, _SCALARS[kind])


def _skip_array(file: BinaryIO) -> None:
    kind, count = _number(file, "I"), _count(file)
    if kind in _SCALARS:
        _take(file, count * struct.calcsize(f"<{_SCALARS[kind]}"))
        return
    for _ in range(count):
        _value(file, kind)


def _tensor_end(file: BinaryIO) -> int:
    """Where a tensor ends, counted from the beginning of the data."""
    _text(file)
    dimensions = _number(file, "I")
    if dimensions > MOST_DIMENSIONS:
        raise _Damaged(f"a tensor has {dimensions} dimensions")
    elements = math.prod(_number(file, "Q") for _ in range(dimensions))
    kind, offset = _number(file, "I"), _number(file, "Q")
    # A type newer than this table: at least its beginning must be there.
    per_block, bytes_per_block = _BLOCKS.get(kind, (elements or 1, 1))
    return int(offset + elements // per_block * bytes_per_block)


def _count(file: BinaryIO) -> int:
    count = _number(file, "Q")
    if count > MOST_ITEMS:
        raise _Damaged("its header is damaged")
    return count


def _text(file: BinaryIO) -> str:
    length = _number(file, "Q")
    if length > LONGEST_TEXT:
        raise _Damaged("its header is damaged")
    return _take(file, length).decode("utf-8", errors="replace")


def _number(file: BinaryIO, code: str) -> int:
    """One little-endian number; floats are read too, for the sake of passing over them."""
    (number,) = struct.unpack(f"<{code}", _take(file, struct.calcsize(f"<{code}")))
    return number  # type: ignore[no-any-return]


def _take(file: BinaryIO, length: int) -> bytes:
    data = file.read(length)
    if len(data) < length:
        raise _Damaged("it ends within its header")
    return data
