"""Typed settings and the folders of this installation.

A setting is described once, here: type, default, bounds, one sentence; the page of settings and the command line are
made from that. Values come from CXDESK_* variables, then from `settings.toml` in the data directory, then from the
defaults. What is changed is written line by line into that file: the owner's notes and order stay.
"""

from __future__ import annotations

import difflib
import errno
import ipaddress
import json
import os
import re
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Self, get_args
from urllib.parse import urlsplit

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from cxdesk.domain import Invalid, Record, Unavailable

SETTINGS_FILE = "settings.toml"
DEMO_MARK = ".demo"
"""The file that says of a data directory that its shop is invented."""

Tone = Literal["professional", "friendly", "playful"]
Fallback = Literal["off", "on_failure", "always"]


class Settings(BaseSettings):
    """What the owner may choose."""

    model_config = SettingsConfigDict(env_prefix="CXDESK_", extra="forbid", frozen=True)

    model: str = Field("auto", description="The language model: a catalog name, 'auto' for this PC's best, or 'none'.")
    embedder: str = Field("all-minilm-l6-v2", description="The embedding model: a catalog name, or a folder of one.")
    tone: Tone = Field("friendly", description="How replies sound.")
    shop_name: str = Field("our shop", description="The shop's name, as customers know it.")
    currency: str = Field("USD", pattern="^[A-Z]{3}$", description="Currency of amounts that do not name one.")
    locale: str = Field("en_US", description="How dates and amounts are written in replies.")
    message_limit: int = Field(2000, ge=100, le=100_000, description="Longest accepted message, in characters.")
    reply_tokens: int = Field(220, ge=32, le=2048, description="Longest reply that a model may write, in tokens.")
    context_tokens: int = Field(4096, ge=1024, le=131_072, description="Context that the local model is given.")
    threads: int = Field(0, ge=0, le=256, description="Threads of the language model; 0: chosen for this PC.")
    tier_silver: Decimal = Field(Decimal(100), ge=0, description="Spend from which a customer is silver.")
    tier_gold: Decimal = Field(Decimal(500), ge=0, description="Spend from which a customer is gold.")
    tier_platinum: Decimal = Field(Decimal(2000), ge=0, description="Spend from which a customer is platinum.")
    rollup_hour: int = Field(3, ge=0, le=23, description="Hour of the night in which all profiles are made anew.")
    close_after_h: float = Field(48, ge=0, le=8760, description="Silence that closes a conversation; 0: it never does.")
    autopilot: bool = Field(False, description="Whether the desk sends replies by itself when it is sure of them.")
    autopilot_confidence: float = Field(0.8, ge=0, le=1, description="Confidence from which autopilot sends a reply.")
    lock_after_min: float = Field(
        15, ge=0, le=1440, description="Idle minutes after which the window locks, where there are accounts; 0: never."
    )
    language: str = Field("", description="The window's language, such as 'de' or 'pt_BR'; empty: the system's.")
    notifications: bool = Field(True, description="Whether the system tells of handoffs, and of drafts that wait.")
    draft_waits_min: float = Field(
        10, ge=0, le=1440, description="Minutes after which a draft that waits is told of; 0: never."
    )
    offline: bool = Field(False, description="Whether every connection is forbidden, the fallback's too.")
    fallback: Fallback = Field("off", description="When an endpoint elsewhere writes replies, personal data masked.")
    fallback_url: str = Field("", description="The endpoint's OpenAI-compatible address, such as 'https://host/v1'.")
    fallback_model: str = Field("", description="The model's name at the endpoint.")
    fallback_key: SecretStr = Field(SecretStr(""), description="The endpoint's key; better kept in the environment.")
    fallback_timeout_s: float = Field(20.0, ge=1, le=300, description="Longest wait for a reply, retries included.")
    fallback_retries: int = Field(1, ge=0, le=5, description="How often a passing trouble of the endpoint is retried.")
    planner: Literal["rules", "model"] = Field(
        "rules", description="Who plans look-ups; 'model' needs a fallback that is asked always."
    )
    fallback_context_tokens: int = Field(8192, ge=1024, le=2_000_000, description="The endpoint model's context.")

    @field_validator("language")
    @classmethod
    def _is_language(cls, value: str) -> str:
        if not re.fullmatch(r"([a-z]{2,3}(_[A-Z]{2})?)?", value):
            raise PydanticCustomError("language", "write it like 'de' or 'pt_BR', or leave it empty for the system's")
        return value

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if problems := dict(self._contradictions()):
            told = "; ".join(dict.fromkeys(problems.values()))
            raise PydanticCustomError("contradiction", "{told}", {"told": told, "problems": problems})
        return self

    def _contradictions(self) -> Iterator[tuple[str, str]]:
        """What is wrong with several settings together, by setting."""
        if self.fallback != "off" and not (self.fallback_url and self.fallback_model):
            told = "the fallback needs 'fallback_url' and 'fallback_model'"
            yield from ((name, told) for name in ("fallback_url", "fallback_model") if not getattr(self, name))
        if self.fallback_url and not _may_be_sent_to(self.fallback_url):
            yield "fallback_url", "'fallback_url' must begin with https:// (http:// is for this PC and its own network)"
        if not self.tier_silver <= self.tier_gold <= self.tier_platinum:
            told = "'tier_silver', 'tier_gold' and 'tier_platinum' must rise"
            yield from ((name, told) for name in ("tier_silver", "tier_gold", "tier_platinum"))

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (env_settings, init_settings)


GROUPS: dict[str, tuple[str, ...]] = {
    "Shop": ("shop_name", "currency", "locale"),
    "Replies": ("tone", "reply_tokens", "message_limit"),
    "Autopilot": ("autopilot", "autopilot_confidence"),
    "Language model": ("model", "embedder", "context_tokens", "threads"),
    "Network and fallback": (
        "offline",
        "fallback",
        "fallback_url",
        "fallback_model",
        "fallback_key",
        "fallback_timeout_s",
        "fallback_retries",
        "fallback_context_tokens",
        "planner",
    ),
    "Customers": ("tier_silver", "tier_gold", "tier_platinum"),
    "Sign-in": ("lock_after_min",),
    "Window": ("language", "notifications", "draft_waits_min"),
    "Housekeeping": ("rollup_hour", "close_after_h"),
}
OTHERS = "More"

# What is read once, when the desk or its window opens; all others hold at once.
AT_START = frozenset({"embedder", "language", "locale", "rollup_hour"})

Source = Literal["default", "file", "environment"]


class SettingInfo(Record):
    """A setting as a page shows it. `choices` are those of a closed set, `minimum` and `maximum` those of a number.

    Of a secret, `value` and `default` are only whether there is one. `restart`: it holds from the next start.
    """

    name: str
    group: str
    kind: Literal["switch", "choice", "number", "text"]
    description: str
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False
    default: Any
    value: Any
    source: Source
    secret: bool
    restart: bool


class InvalidSettings(Invalid):
    """Settings that can't be used. `problems` says why, by the setting's name; '' is the file as a whole."""

    def __init__(self, message: str, problems: Mapping[str, str]) -> None:
        super().__init__(message)
        self.problems = dict(problems)


def load_settings(data_dir: Path) -> Settings:
    """Settings of the desk in `data_dir`. Raises `InvalidSettings` with all problems together."""
    path = data_dir / SETTINGS_FILE
    return _validated(_tables(_read(path), path), path)


def window_language(data_dir: Path) -> str:
    """The `language` of the desk in `data_dir`, before that is opened; empty: the system's.

    Also where the settings can't be used: opening the desk says why.
    """
    try:
        return load_settings(data_dir).language
    except InvalidSettings:
        return ""


def describe_settings(data_dir: Path) -> list[SettingInfo]:
    """Every setting of the desk in `data_dir`, by group, with its value there. Raises as `load_settings` does."""
    path = data_dir / SETTINGS_FILE
    written = _tables(_read(path), path)
    settings = _validated(written, path)
    grouped = [(group, name) for group, names in GROUPS.items() for name in names]
    others = [(OTHERS, name) for name in Settings.model_fields if name not in {name for _, name in grouped}]
    return [_info(name, group, settings, written) for group, name in [*grouped, *others]]


def change_settings(data_dir: Path, changes: Mapping[str, Any], put_back: Iterable[str] = ()) -> Settings:
    """Write settings into the desk's file, take those of `put_back` out of it, and return what holds now.

    A value may be given as the text that a person typed. All are checked together, with those that stay; if one can't
    be used, nothing is written, and `InvalidSettings` names every problem. A setting that the environment gives can't
    be changed here.
    """
    path = data_dir / SETTINGS_FILE
    text, names = _read(path), [*changes, *put_back]
    untouchable = {name: problem for name in names if (problem := _untouchable(name))}
    kept = {name: value for name, value in _tables(text, path).items() if name not in names}
    try:
        settings = _validated({**kept, **{n: value for n, value in changes.items() if n not in untouchable}}, path)
    except InvalidSettings as error:
        raise _invalid(error.problems | untouchable, path) from error
    if untouchable:
        raise _invalid(untouchable, path)
    wanted = {**kept, **{name: _plain(getattr(settings, name)) for name in changes}}
    for name in names:
        text = with_setting(text, name, wanted.get(name))
    if _tables(text, path) != wanted:
        raise Invalid(
            f"The file {str(path)!r} is written in a way that can't be changed line by line. Edit it by hand."
        )
    write_whole(path, text)
    return settings


def with_setting(toml: str, key: str, value: Any) -> str:
    """The settings text with the top-level `key` set, or without it for None; all else stays, notes included."""
    lines = toml.removesuffix("\n").split("\n") if toml else []
    tables = next((i for i, text in enumerate(lines) if text.lstrip().startswith("[")), len(lines))
    found = [(i, match) for i, text in enumerate(lines[:tables]) if (match := _line_of(key).fullmatch(text))]
    if found:
        place, match = found[0]
        lines[place : place + 1] = [] if value is None else [f"{match['head']}{_toml(value)}{match['note']}"]
    elif value is not None:
        lines.insert(tables, f"{key} = {_toml(value)}")
    return "\n".join(lines) + "\n" if lines else ""


def write_whole(path: Path, text: str) -> None:
    """Replace a file's text: after a crash it holds the old text or the new. Raises `Unavailable` or `Invalid`."""
    try:
        content = text.encode("utf-8")
    except UnicodeError as error:
        raise Invalid(f"The text for {str(path)!r} holds half a character. Type it anew, or copy it again.") from error
    _replace(path, content)


@contextmanager
def undone_on_failure(path: Path) -> Iterator[None]:
    """What fails inside leaves the file as it was before, or away."""
    before = path.read_bytes() if path.exists() else None
    try:
        yield
    except BaseException:
        if before is None:
            path.unlink(missing_ok=True)
        elif not path.exists() or path.read_bytes() != before:
            _replace(path, before)
        raise


def _replace(path: Path, content: bytes) -> None:
    place = path.resolve()  # a link stays a link
    fresh: Path | None = None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=f".{place.name}.", delete=False) as file:
            fresh = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if place.exists():
            shutil.copymode(place, fresh)
        fresh.replace(place)
    except OSError as error:
        if fresh is not None:
            fresh.unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            told = f"The disk is full, so the file {str(path)!r} was not changed. Free some space, then try again."
        else:
            told = f"The file {str(path)!r} can't be written: {error.strerror}. Nothing was changed; mend that first."
        raise Unavailable(told) from error


# ---------------------------------------------------------------- inside


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8") if path.exists() else ""
    except (ValueError, OSError) as error:
        raise _unreadable(path, error) from error


def _tables(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise _unreadable(path, error) from error


def _says(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except ValueError:
        return False


def _validated(values: Mapping[str, Any], path: Path) -> Settings:
    try:
        return Settings(**values)
    except ValidationError as error:
        problems = dict(_problems(error))
        raise _invalid({**problems, **_beside(problems, values)}, path) from error


def _beside(problems: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, str]:
    """What several settings contradict each other in, which pydantic looks at only where each is right by itself."""
    try:
        Settings(**{name: value for name, value in values.items() if name not in problems})
    except ValidationError as error:
        found = dict(_problems(error))
        return {name: told for name, told in found.items() if not any(f"'{faulty}'" in told for faulty in problems)}
    return {}


def _problems(error: ValidationError) -> Iterator[tuple[str, str]]:
    """What is wrong, by setting, and its value unless that is a key."""
    for each in error.errors():
        name = ".".join(map(str, each["loc"]))
        if each["type"] == "contradiction":
            yield from each["ctx"]["problems"].items()
        elif each["type"] == "extra_forbidden":
            yield name, _unknown(name)
        elif _is_secret(name):
            yield name, f"{name}: {each['msg']}"
        else:
            yield name, f"{name}: {each['msg']} (it is {each['input']!r})"


def _invalid(problems: Mapping[str, str], path: Path) -> InvalidSettings:
    told = "; ".join(dict.fromkeys(problems.values()))
    where = f"in {str(path)!r} or CXDESK_* variables"
    return InvalidSettings(f"Settings that can't be used, {where}: {told}. Mend them, then try again.", problems)


def _unreadable(path: Path, error: Exception) -> InvalidSettings:
    told = f"The settings file {str(path)!r} can't be read: {error}. Mend or remove it."
    return InvalidSettings(told, {"": str(error)})


def _untouchable(name: str) -> str | None:
    """Why a setting can't be changed in the file."""
    if name not in Settings.model_fields:
        return _unknown(name)
    if _is_in_environment(name):
        return f"{name} is given by the variable CXDESK_{name.upper()}, so it is changed there"
    return None


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, Settings.model_fields, n=1)
    return f"there is no setting {name!r}" + (f" (did you mean {near[0]!r}?)" if near else "")


def _is_in_environment(name: str) -> bool:
    return f"CXDESK_{name.upper()}" in {variable.upper() for variable in os.environ}


def _is_secret(name: str) -> bool:
    field = Settings.model_fields.get(name)
    return field is not None and field.annotation is SecretStr


def _info(name: str, group: str, settings: Settings, written: Mapping[str, Any]) -> SettingInfo:
    field, secret = Settings.model_fields[name], _is_secret(name)
    value, default = getattr(settings, name), field.default
    choices = tuple(map(str, get_args(field.annotation)))
    return SettingInfo(
        name=name,
        group=group,
        kind=_kind(field.annotation, choices),
        description=field.description or "",
        choices=choices,
        minimum=_bound(field.metadata, "ge"),
        maximum=_bound(field.metadata, "le"),
        whole=field.annotation is int,
        default=bool(default.get_secret_value()) if secret else default,
        value=bool(value.get_secret_value()) if secret else value,
        source="environment" if _is_in_environment(name) else "file" if name in written else "default",
        secret=secret,
        restart=name in AT_START,
    )


def _kind(annotation: Any, choices: tuple[str, ...]) -> Literal["switch", "choice", "number", "text"]:
    if annotation is bool:
        return "switch"
    if choices:
        return "choice"
    return "number" if annotation in (int, float, Decimal) else "text"


def _bound(metadata: Iterable[Any], name: str) -> float | None:
    return next((float(found) for each in metadata if (found := getattr(each, name, None)) is not None), None)


def _line_of(key: str) -> re.Pattern[str]:
    """A line that sets the key to a value on that line, and the note behind it."""
    value = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^"'#\s][^"'#]*?)"""
    return re.compile(rf"(?P<head>\s*{re.escape(key)}\s*=\s*){value}(?P<note>\s*(?:#.*)?)")


def _plain(value: Any) -> str | int | float | bool:
    """A setting as tomllib would read it back."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    assert isinstance(value, str | int | float)
    return value


def _toml(value: str | int | float | bool) -> str:
    # JSON's strings, numbers and switches are TOML's too, but for the delete character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _may_be_sent_to(url: str) -> bool:
    """Whether what is sent to the address can't be read on its way: encrypted, or never leaving the shop's network."""
    parts = urlsplit(url)
    if parts.scheme != "http":
        return parts.scheme == "https" and bool(parts.hostname)
    host = parts.hostname or ""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost" or host.endswith((".local", ".lan", ".localhost"))


def default_data_dir() -> Path:
    return Path(platformdirs.user_data_dir("cxdesk", appauthor=False))


def models_dir() -> Path:
    """Where weights live: CXDESK_MODELS, else `models/` of a checkout, else the platform's data directory."""
    if chosen := os.environ.get("CXDESK_MODELS"):
        return Path(chosen)
    if (checkout := _checkout()) is not None:
        return checkout / "models"
    return default_data_dir() / "models"


def bundled(name: str) -> Path:
    """A file or folder that comes with the program: 'resources/...', 'knowledge_docs', 'models/catalog.toml'."""
    frozen = getattr(sys, "_MEIPASS", None)
    roots = [Path(frozen) if frozen else None, _checkout(), Path(sys.prefix) / "share" / "cxdesk"]
    for root in roots:
        if root is not None and (root / name).exists():
            return root / name
    raise FileNotFoundError(name)


def _checkout() -> Path | None:
    root = Path(__file__).resolve().parent.parent
    return root if (root / "pyproject.toml").exists() and (root / "models").is_dir() else None
