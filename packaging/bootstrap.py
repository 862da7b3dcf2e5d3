"""Make `.venv` ready: environment and pinned dependencies. Plain Python, nothing installed is needed.

Run again it does nothing when nothing changed; interrupted, it continues, since pip keeps what it has
downloaded and built. `--dev` adds the tools of the test run.
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

# The multimodal tools of llama.cpp are a good part of its build, and cxdesk reads text only.
LLAMA_CMAKE_ARGS = "-DLLAVA_BUILD=OFF"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also install the tools of the test run")
    extras = ["local", "export", "remote", *(["dev"] if parser.parse_args().dev else [])]
    if sys.version_info < (3, 11):
        print(f"cxdesk needs Python 3.11 or newer, this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    if is_ready(extras):
        return 0
    if not has_llama() and not find_compiler():
        print(
            "No C++ compiler was found, and the language model's engine is compiled here. Install one "
            "(Debian: apt install g++; Fedora: dnf install gcc-c++; macOS: xcode-select --install; "
            "Windows: Visual Studio Build Tools) and start again.",
            file=sys.stderr,
        )
        return 1
    if not PYTHON.exists():
        print("Making the virtual environment in .venv ...", flush=True)
        venv.create(VENV, with_pip=True)
    if not has_llama():
        print(
            "Installing dependencies. The language model's engine (llama.cpp) is compiled for this PC's "
            "processor, which takes 3 to 8 minutes, once: a program built for its own processor answers faster.",
            flush=True,
        )
    installed = install(extras)
    if installed == 0:
        stamp(extras).write_text(fingerprint())
    return installed


def install(extras: list[str]) -> int:
    environment = dict(os.environ)
    environment.setdefault("CMAKE_ARGS", LLAMA_CMAKE_ARGS)
    wanted = f"{ROOT}[{','.join(extras)}]"
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--progress-bar", "on"]
    return subprocess.call([*command, "-c", str(CONSTRAINTS), "-e", wanted], env=environment)


def is_ready(extras: list[str]) -> bool:
    if not PYTHON.exists():
        return False
    known = [stamp(extras), stamp([*extras, "dev"])]
    return any(path.exists() and path.read_text() == fingerprint() for path in known)


def stamp(extras: list[str]) -> Path:
    return VENV / f".ready-{'-'.join(sorted(set(extras)))}"


def fingerprint() -> str:
    """Changes when what must be installed changes."""
    parts = [(ROOT / "pyproject.toml").read_bytes(), CONSTRAINTS.read_bytes(), sys.version.encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def has_llama() -> bool:
    return any(VENV.glob("[Ll]ib/**/site-packages/llama_cpp/__init__.py"))


def find_compiler() -> str | None:
    if os.name == "nt":
        return "cl"  # CMake finds Visual Studio by its registry entries, not by the path
    names = [os.environ.get("CXX", ""), "c++", "g++", "clang++"]
    return next((found for name in names if name and (found := shutil.which(name))), None)


if __name__ == "__main__":
    sys.exit(main())
