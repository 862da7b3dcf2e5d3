import pytest

from cxdesk.domain import Invalid
from cxdesk.llm.gguf import read_header
from tests.llm.conftest import gguf_bytes


def test_a_whole_gguf_tells_its_architecture_and_context(tmp_path):
    path = tmp_path / "whole.gguf"
    path.write_bytes(gguf_bytes())
    header = read_header(path)
    assert (header.architecture, header.tensors, header.context_tokens) == ("llama", 1, 128)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "does not begin like one"),
        (b"PK\x03\x04 a zip file", "does not begin like one"),
        (gguf_bytes(version=99), "version is 99"),
        (gguf_bytes(tensor_bytes=63), "cut short"),
        (gguf_bytes()[:60], "ends within its header"),
        (b"GGUF" + b"\x03\0\0\0" + b"\xff" * 16, "damaged"),
        (b"GGUF" + b"\x03\0\0\0" + b"\0" * 16, "no architecture"),
    ],
)
def test_what_is_not_a_whole_gguf_is_refused_in_one_sentence(tmp_path, content, why):
    path = tmp_path / "broken.gguf"
    path.write_bytes(content)
    with pytest.raises(Invalid, match=why) as refused:
        read_header(path)
    assert "broken.gguf" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(Invalid, match="There is no file .*nowhere"):
        read_header(tmp_path / "nowhere.gguf")


def test_a_folder_is_not_a_model(tmp_path):
    with pytest.raises(Invalid, match="not a usable GGUF"):
        read_header(tmp_path)


@pytest.mark.weights
def test_a_real_model_is_accepted_and_its_first_half_is_not(weights_file, tmp_path):
    assert read_header(weights_file).architecture == "llama"
    half = tmp_path / "half.gguf"
    half.write_bytes(weights_file.read_bytes()[:50_000_000])
    with pytest.raises(Invalid, match="cut short"):
        read_header(half)
