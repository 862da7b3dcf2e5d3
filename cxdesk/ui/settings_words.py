"""How settings and the shop's own files are said on screen: pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cxdesk.ui import words

if TYPE_CHECKING:
    from cxdesk.domain import CurvePoint, ReplayCurve
    from cxdesk.settings import SettingInfo

_UNITS = {"_s": "seconds", "_h": "hours"}
_ACRONYMS = {"url": "URL"}
_LINE = re.compile(r"\bline (\d+)")
_QUOTED = re.compile(r"'([^']+)'")

FILE_TITLES: Mapping[str, str] = {
    "action_rules.toml": "Action rules",
    "tones.toml": "Tones",
    "blocked_terms.txt": "Guardrail terms",
    "permissions.toml": "Permissions",
}


def title(name: str) -> str:
    """A setting's name in words, its unit in brackets."""
    unit = next((unit for end, unit in _UNITS.items() if name.endswith(end)), "")
    stem = re.sub(r"_[sh]$", "", name) if unit else name
    spelled = " ".join(_ACRONYMS.get(word, word) for word in stem.split("_"))
    return f"{spelled[:1].upper()}{spelled[1:]}" + (f" ({unit})" if unit else "")


def value(said: Any) -> str:
    """A setting's value as it is typed; a number without needless zeros."""
    if isinstance(said, bool):
        return "on" if said else "off"
    return f"{said:g}" if isinstance(said, float) else str(said)


def default(info: SettingInfo) -> str:
    """What holds when nobody chose, with the bounds."""
    if info.secret:
        return "Default: none"
    said = "This is the default" if info.value == info.default else f"Default: {value(info.default) or 'empty'}"
    return "  ·  ".join(part for part in (said, bounds(info)) if part)


def bounds(info: SettingInfo) -> str:
    least, most = (value(bound) if bound is not None else "" for bound in (info.minimum, info.maximum))
    if least and most:
        return f"{least} to {most}"
    return f"at least {least}" if least else f"at most {most}" if most else ""


def origin(info: SettingInfo) -> str:
    """Where the value comes from, if that says anything."""
    if info.source == "environment":
        return f"Given by the variable CXDESK_{info.name.upper()}, which wins: change it there."
    return ""


def problem(info: SettingInfo, told: str) -> str:
    """A problem as it stands at its field, where the field's name need not be said again."""
    said = told.removeprefix(f"{info.name}: ")
    if "match pattern" in said:  # says nothing to somebody who doesn't know such patterns
        said = f"it doesn't have the form that is needed, such as {value(info.default)!r}"
    return f"{said[:1].upper()}{said[1:]}."


def fits(info: SettingInfo, wanted: str) -> bool:
    """Whether somebody who looks for these words means this setting."""
    said = f"{info.name} {title(info.name)} {info.group} {info.description} {' '.join(info.choices)}".casefold()
    return all(word in said for word in wanted.casefold().split())


def unsaved(changed: int, files: int) -> str:
    """What waits to be saved; empty when nothing does."""
    parts = []
    if changed:
        parts.append(words.plural(changed, "setting"))
    if files:
        parts.append(words.plural(files, "text"))
    return f"{' and '.join(parts)} changed and not saved" if parts else ""


def line_of(told: str, text: str) -> int | None:
    """The line that a problem is about, from 1: as it says itself, else that of the name it speaks of."""
    if found := _LINE.search(told):
        return int(found[1])
    lines = text.splitlines()
    place = told.partition(":")[0].split(".") if ":" in told else []
    for name in [*_QUOTED.findall(told), *reversed(place)]:
        wanted = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
        at = next((at for at, line in enumerate(lines, start=1) if wanted.search(line)), None)
        if at is not None:
            return at
    return None


def file_problem(told: str, line: int | None) -> str:
    said = told if line is None or _LINE.search(told) else f"Line {line}: {told}"
    return f"{said[:1].upper()}{said[1:]}"


def point(at: CurvePoint) -> str:
    """What autopilot would have done at this confidence."""
    if at.error is None:
        return f"At {at.confidence:.2f} the desk would send nothing by itself."
    return (
        f"At {at.confidence:.2f} the desk would send {at.coverage:.0%} of the replies by itself; "
        f"of those {at.offered}, {at.corrected} would have needed a person's correction ({at.error:.0%})."
    )


def curve(found: ReplayCurve) -> str:
    """Over how many messages the curve goes, and what it advises."""
    if not found.judged:
        return found.note or ""
    over = f"From {words.plural(found.judged, 'past message')} that could be judged."
    if found.advised is None:
        return f"{over} {found.note or ''} Leave autopilot off, or gather more past conversations first."
    return f"{over} Advised: {found.advised:.2f}, the lowest confidence whose error stays within 5% even with doubt."


def replaying(done: int, total: int, what: str) -> str:
    return f"{done} of {total} {what}" if total else "Copying the desk; yours goes on meanwhile"


def changed_fields(problems: Mapping[str, str], shown: Sequence[str]) -> str:
    """All problems in one sentence: how many, and where."""
    named = [title(name) for name in problems if name in shown]
    other = [told for name, told in problems.items() if name not in shown]
    said = f"Nothing was saved. Mend {', '.join(named)} first" if named else "Nothing was saved"
    return ". ".join([said, *other]) + "."
