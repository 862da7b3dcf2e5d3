"""Typed settings and the folders of this installation.

A setting is described once, here: type, default, bounds, one sentence. Values come from CXDESK_*
variables, then from `settings.toml` in the data directory, then from the defaults.
"""

from __future__ import annotations

import ipaddress
import os
import sys
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

import platformdirs
from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from cxdesk.domain import Invalid

SETTINGS_FILE = "settings.toml"

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

    @model_validator(mode="after")
    def _fallback_is_complete(self) -> Self:
        if self.fallback != "off" and not (self.fallback_url and self.fallback_model):
            raise ValueError("the fallback needs 'fallback_url' and 'fallback_model'")
        if self.fallback_url and not _may_be_sent_to(self.fallback_url):
            raise ValueError("'fallback_url' must begin with https:// (http:// is for this PC and its own network)")
        return self

    @model_validator(mode="after")
    def _tiers_rise(self) -> Self:
        if not self.tier_silver <= self.tier_gold <= self.tier_platinum:
            raise ValueError("'tier_silver', 'tier_gold' and 'tier_platinum' must rise")
        return self

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


def load_settings(data_dir: Path) -> Settings:
    """Settings of the desk in `data_dir`. Raises `Invalid` with all problems together."""
    path = data_dir / SETTINGS_FILE
    try:
        from_file = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (ValueError, OSError) as error:
        raise Invalid(f"The settings file {str(path)!r} can't be read: {error}. Mend or remove it.") from error
    try:
        return Settings(**from_file)
    except ValidationError as error:
        problems = "; ".join(_problem(e) for e in error.errors())
        raise Invalid(f"Settings that can't be used, in {str(path)!r} or CXDESK_* variables: {problems}.") from error


def _problem(error: Any) -> str:
    """What is wrong with a setting, and its value unless that is a key."""
    name = ".".join(map(str, error["loc"]))
    if not name or name.endswith("_key"):
        return f"{name}: {error['msg']}".removeprefix(": ").removeprefix("Value error, ")
    return f"{name}: {error['msg']} (it is {error['input']!r})"


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
