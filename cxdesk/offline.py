"""Switches that keep third-party libraries silent on the network.

They must be set before the libraries are imported, so every entry point (command line, worker
process, tests) calls `silence()` first. Nothing here opens or blocks a connection.
"""

import os

SWITCHES = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "LANCEDB_TELEMETRY_DISABLED": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "LANCE_LOG": "error",
    "TOKENIZERS_PARALLELISM": "false",
}


def silence() -> None:
    """Set every offline and telemetry switch that the owner has not set already."""
    for name, value in SWITCHES.items():
        os.environ.setdefault(name, value)
