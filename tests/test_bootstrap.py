"""The set-up: what it installs, and from where. Nothing is installed here: the calls of pip are only written down."""

import importlib.util
from pathlib import Path

import pytest

PATH = Path(__file__).parent.parent / "packaging" / "bootstrap.py"


@pytest.fixture
def bootstrap(tmp_path, monkeypatch):
    """The set-up in an empty project, on a PC with a compiler. `calls` are what pip was asked."""
    spec = importlib.util.spec_from_file_location("bootstrap", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    calls = []

    def call(command, env):
        calls.append((command[3:], env["CMAKE_ARGS"]))
        return 0

    places = {"ROOT": ".", "VENV": ".venv", "PYTHON": ".venv/bin/python", "WHEELHOUSE": "wheelhouse"}
    for name, place in places.items():
        monkeypatch.setattr(module, name, tmp_path / place)
    monkeypatch.setattr(module, "CONSTRAINTS", tmp_path / "constraints.txt")
    monkeypatch.setattr(module, "find_compiler", lambda: "c++")
    monkeypatch.setattr(module.subprocess, "call", call)
    monkeypatch.setattr(module.venv, "create", lambda place, with_pip: (place / "bin").mkdir(parents=True))
    monkeypatch.setattr(module.sys, "argv", ["bootstrap.py"])
    monkeypatch.delenv("CMAKE_ARGS", raising=False)
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).touch()
    module.calls = calls
    return module


@pytest.fixture
def asked(bootstrap, monkeypatch):
    """Runs the set-up with these arguments."""

    def run(*arguments):
        monkeypatch.setattr(bootstrap.sys, "argv", ["bootstrap.py", *arguments])
        return bootstrap.main()

    return run


def have_environment(bootstrap):
    bootstrap.PYTHON.parent.mkdir(parents=True, exist_ok=True)
    bootstrap.PYTHON.touch()


def fill(bootstrap):
    bootstrap.WHEELHOUSE.mkdir()
    (bootstrap.WHEELHOUSE / "llama_cpp_python-0.3.36-py3-none-linux_x86_64.whl").touch()


def test_everything_comes_from_the_network_where_there_is_no_wheelhouse(bootstrap, asked):
    assert asked() == 0
    [(arguments, _)] = bootstrap.calls
    assert arguments[0] == "install"
    assert arguments[-1].endswith("[local,export,remote]")
    assert "--no-index" not in arguments


def test_with_a_wheelhouse_nothing_is_asked_of_a_network_and_nothing_is_compiled(bootstrap, asked, monkeypatch):
    fill(bootstrap)
    monkeypatch.setattr(bootstrap, "find_compiler", lambda: None)
    assert asked() == 0
    [(arguments, _)] = bootstrap.calls
    assert "--no-index" in arguments
    assert str(bootstrap.WHEELHOUSE) in arguments
    assert arguments[-1].endswith("[local,remote]")


def test_the_tools_of_the_tests_come_from_the_network_all_the_same(bootstrap, asked):
    fill(bootstrap)
    assert asked("--dev") == 0
    assert "--no-index" not in bootstrap.calls[0][0]


def test_what_was_installed_with_more_is_ready(bootstrap, asked):
    asked("--dev")
    have_environment(bootstrap)
    bootstrap.calls.clear()
    assert asked() == 0
    fill(bootstrap)
    assert asked() == 0
    assert bootstrap.calls == []


def test_what_was_installed_with_less_is_not_ready(bootstrap, asked):
    asked()
    have_environment(bootstrap)
    bootstrap.calls.clear()
    asked("--dev")
    assert len(bootstrap.calls) == 1


def test_the_carried_engine_is_compiled_for_other_processors_and_not_taken_from_a_cache(bootstrap, asked):
    assert asked("--wheelhouse") == 0
    (engine, cmake_args), (rest, _) = bootstrap.calls
    assert "-DGGML_NATIVE=OFF" in cmake_args
    assert "--no-cache-dir" in engine
    assert {"hatchling", "editables"} <= set(rest)


def test_an_engine_that_was_compiled_already_is_kept(bootstrap, asked):
    fill(bootstrap)
    asked("--wheelhouse")
    [(rest, _)] = bootstrap.calls
    assert "llama-cpp-python" not in rest


def test_without_a_compiler_it_says_so_before_anything_is_made(bootstrap, asked, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "find_compiler", lambda: None)
    assert asked() == 1
    assert asked("--wheelhouse") == 1
    assert "No C++ compiler" in capsys.readouterr().err
    assert not bootstrap.VENV.exists()
