import pytest

from cxdesk.domain import Invalid
from cxdesk.llm.catalog import GB, choose_default, get_entry, load_catalog


def test_the_catalog_holds_every_weight_once_and_names_an_https_page_for_each():
    catalog = load_catalog()
    assert len({entry.name for entry in catalog}) == len(catalog) == 7
    assert {entry.kind for entry in catalog} == {"language", "embedding"}
    for entry in catalog:
        assert entry.sources[0].kind == "page"
        assert entry.sources[0].address(entry.files[0]).startswith("https://")


def test_parts_of_a_split_file_are_named_in_order():
    source = get_entry("qwen2.5-coder-1.5b-instruct-q4_k_m", load_catalog()).sources[1]
    assert source.requirements()[0].endswith("part1==0.2.0")
    assert source.requirements()[-1].endswith("part22==0.2.0")
    assert source.members(get_entry("smollm2-135m-instruct-q4_1", load_catalog()).files[0])[8] == "data/part09.bin"


@pytest.mark.parametrize(
    ("memory_gb", "cores", "name"),
    [
        (24, 2, "qwen2.5-coder-1.5b-instruct-q4_k_m"),
        (4, 4, "qwen2.5-coder-1.5b-instruct-q4_k_m"),
        (64, 16, "qwen2.5-coder-1.5b-instruct-q4_k_m"),
        (3, 4, "qwen2.5-coder-0.5b-instruct-q4_k_m"),
        (8, 1, "qwen2.5-coder-0.5b-instruct-q4_k_m"),
        (1, 1, "smollm2-135m-instruct-q4_1"),
        (0.2, 1, "smollm2-135m-instruct-q4_1"),
    ],
)
def test_the_default_is_the_largest_tried_model_that_leaves_half_of_the_memory(memory_gb, cores, name):
    choice = choose_default(int(memory_gb * GB), cores)
    assert choice.entry.name == name
    assert name in choice.reason
    assert f"{cores} core" in choice.reason


def test_a_model_that_nobody_tried_is_never_the_default():
    untried = {entry.name for entry in load_catalog() if not entry.tried}
    assert "qwen3-4b-q4_k_m" in untried
    assert choose_default(512 * GB, 64).entry.name not in untried


def test_a_mistyped_name_is_refused_with_the_nearest_ones():
    with pytest.raises(Invalid, match=r"'smollm2-135m'.*Did you mean 'smollm2-135m-instruct-q4_1'"):
        get_entry("smollm2-135m", load_catalog())


def test_a_catalog_that_leaves_its_folder_is_refused(tmp_path):
    bad = tmp_path / "catalog.toml"
    bad.write_text(
        '[[model]]\nname="x"\nkind="language"\ngood_for=""\nlicence=""\nparameters=1\ncontext_tokens=1\nmemory_mb=1\n'
        f'cores=1\ntried=false\nsources=[]\nfiles=[{{path="../x",bytes=1,sha256="{"0" * 64}"}}]\n'
    )
    with pytest.raises(Invalid, match="does not leave its folder"):
        load_catalog(bad)
