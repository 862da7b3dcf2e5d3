"""Make `.venv` ready: environment and pinned dependencies. Plain Python, nothing installed is needed.

Run again it does nothing when nothing changed; interrupted, it continues, since pip keeps what it has
downloaded and built. `--dev` adds the tools of the test run.

`--wheelhouse` puts all that the program needs into `wheelhouse/`. Where that folder is, nothing is asked of a network:
so the project's folder, carried to a PC without one, installs itself there.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
WHEELHOUSE = ROOT / "wheelhouse"

ALL = ("local", "export", "remote")
# `export` prepares the embedding model, which is carried prepared.
CARRIED = ("local", "remote")
# What an editable installation is built with.
BUILDERS = ("hatchling", "editables")

# The multimodal tools of llama.cpp are a good part of its build, and cxdesk reads text only.
LLAMA_CMAKE_ARGS = "-DLLAVA_BUILD=OFF"
# For any processor with AVX2, not for the one at hand: the PC that the wheelhouse goes to may be older.
CARRIED_CMAKE_ARGS = f"{LLAMA_CMAKE_ARGS} -DGGML_NATIVE=OFF"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dev", action="store_true", help="also install the tools of the test run")
    parser.add_argument("--wheelhouse", action="store_true", help="fill wheelhouse/ for a PC without a network")
    asked = parser.parse_args()
    if sys.version_info < (3, 11):
        print(f"cxdesk needs Python 3.11 or newer, this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    if asked.wheelhouse:
        return fill_wheelhouse()
    return make_ready([*ALL, "dev"] if asked.dev else list(CARRIED if WHEELHOUSE.exists() else ALL))


def make_ready(extras: list[str]) -> int:
    """Install what is missing; the exit code says whether all is there."""
    if is_ready(extras):
        return 0
    is_compiled = not has_llama() and not any(WHEELHOUSE.glob("llama_cpp_python-*.whl"))
    if is_compiled and not can_compile():
        return 1
    make_environment()
    if is_compiled:
        print(
            "Installing dependencies. The language model's engine (llama.cpp) is compiled for this PC's "
            "processor, which takes 3 to 8 minutes, once: a program built for its own processor answers faster.",
            flush=True,
        )
    # Without a network all comes from the wheelhouse; the tools of the test run are not in it.
    source = [] if "dev" in extras or not WHEELHOUSE.exists() else ["--no-index", "--find-links", str(WHEELHOUSE)]
    installed = pip("install", *source, "-e", f"{ROOT}[{','.join(extras)}]")
    if installed == 0:
        stamp(extras).write_text(fingerprint())
    return installed


def fill_wheelhouse() -> int:
    """Put everything that the program needs into the wheelhouse; the exit code says whether all is there."""
    if not can_compile():
        return 1
    make_environment()
    print("Filling wheelhouse/. The language model's engine is compiled, which takes 3 to 8 minutes.", flush=True)
    into = ["--wheel-dir", str(WHEELHOUSE)]
    if not any(WHEELHOUSE.glob("llama_cpp_python-*.whl")):
        # Not from pip's cache: what lies there was compiled for this PC's processor.
        built = pip("wheel", *into, "--no-deps", "--no-cache-dir", "llama-cpp-python", cmake_args=CARRIED_CMAKE_ARGS)
        if built:
            return built
    # The engine that was just built is taken before its source, since a wheel is.
    carried = f"{ROOT}[{','.join(CARRIED)}]"
    return pip("wheel", *into, "--find-links", str(WHEELHOUSE), carried, *BUILDERS)


def make_environment() -> None:
    if not PYTHON.exists():
        print("Making the virtual environment in .venv ...", flush=True)
        venv.create(VENV, with_pip=True)


def pip(verb: str, *arguments: str, cmake_args: str = LLAMA_CMAKE_ARGS) -> int:
    environment = dict(os.environ)
    environment.setdefault("CMAKE_ARGS", cmake_args)
    command = [str(PYTHON), "-m", "pip", verb, "--quiet", "--disable-pip-version-check", "--progress-bar", "on"]
    return subprocess.call([*command, "-c", str(CONSTRAINTS), *arguments], env=environment)


def is_ready(extras: list[str]) -> bool:
    """Whether these extras, maybe with others, were installed as they are wanted now."""
    if not PYTHON.exists():
        return False
    stamps = [path for path in VENV.glob(".ready-*") if set(extras) <= set(path.name.split("-")[1:])]
    return any(path.read_text() == fingerprint() for path in stamps)


def stamp(extras: list[str]) -> Path:
    return VENV / f".ready-{'-'.join(sorted(set(extras)))}"


def fingerprint() -> str:
    """Changes when what must be installed changes."""
    parts = [(ROOT / "pyproject.toml").read_bytes(), CONSTRAINTS.read_bytes(), sys.version.encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def has_llama() -> bool:
    return any(VENV.glob("[Ll]ib/**/site-packages/llama_cpp/__init__.py"))


def can_compile() -> bool:
    """Whether there is a compiler; says how to get one where there is none."""
    if find_compiler():
        return True
    print(
        "No C++ compiler was found, and the language model's engine is compiled here. Install one "
        "(Debian: apt install g++; Fedora: dnf install gcc-c++; macOS: xcode-select --install; "
        "Windows: Visual Studio Build Tools) and start again.",
        file=sys.stderr,
    )
    return False


def find_compiler() -> str | None:
    if os.name == "nt":
        return "cl"  # CMake finds Visual Studio by its registry entries, not by the path
    names = [os.environ.get("CXX", ""), "c++", "g++", "clang++"]
    return next((found for name in names if name and (found := shutil.which(name))), None)


if __name__ == "__main__":
    sys.exit(main())
