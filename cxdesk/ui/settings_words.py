"""How settings and the shop's own files are said on screen: pure functions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cxdesk.ui.language import decimal, mark, number, percent, plural, tr

if TYPE_CHECKING:
    from cxdesk.domain import CurvePoint, ReplayCurve
    from cxdesk.settings import SettingInfo

_UNITS = {"_s": mark("{setting} (seconds)"), "_min": mark("{setting} (minutes)"), "_h": mark("{setting} (hours)")}
_ACRONYMS = {"url": "URL"}
_LINE = re.compile(r"\bline (\d+)")
_QUOTED = re.compile(r"'([^']+)'")

FILE_TITLES: Mapping[str, str] = {
    "action_rules.toml": mark("Action rules"),
    "tones.toml": mark("Tones"),
    "blocked_terms.txt": mark("Guardrail terms"),
    "permissions.toml": mark("Permissions"),
}


def group_title(name: str) -> str:
    """A group of settings, or a file that stands among them."""
    return tr(FILE_TITLES.get(name, name))


def title(name: str) -> str:
    """A setting's name in words, its unit in brackets."""
    end = next((end for end in _UNITS if name.endswith(end)), "")
    stem = name.removesuffix(end)
    spelled = " ".join(_ACRONYMS.get(word, word) for word in stem.split("_"))
    said = tr(spelled[:1].upper() + spelled[1:])
    return tr(_UNITS[end], setting=said) if end else said


def value(said: Any) -> str:
    """A setting's value as it is typed; a number without needless zeros."""
    if isinstance(said, bool):
        return tr("on") if said else tr("off")
    return f"{said:g}" if isinstance(said, float) else str(said)


def default(info: SettingInfo) -> str:
    """What holds when nobody chose, with the bounds."""
    if info.secret:
        return tr("Default: none")
    said = tr("This is the default")
    if info.value != info.default:
        said = tr("Default: {value}", value=default_value(info))
    return "  ·  ".join(part for part in (said, bounds(info)) if part)


def default_value(info: SettingInfo) -> str:
    """The default in words; of a closed set it is looked up."""
    said = value(info.default)
    if not said:
        return tr("empty")
    return tr(said) if info.choices else said


def bounds(info: SettingInfo) -> str:
    least, most = (value(bound) if bound is not None else "" for bound in (info.minimum, info.maximum))
    if least and most:
        return tr("{least} to {most}", least=least, most=most)
    if least:
        return tr("at least {least}", least=least)
    return tr("at most {most}", most=most) if most else ""


def origin(info: SettingInfo) -> str:
    """Where the value comes from, if that says anything."""
    if info.source == "environment":
        variable = f"CXDESK_{info.name.upper()}"
        return tr("Given by the variable {variable}, which wins: change it there.", variable=variable)
    return ""


def problem(info: SettingInfo, told: str) -> str:
    """A problem as it stands at its field, where the field's name need not be said again."""
    said = told.removeprefix(f"{info.name}: ")
    if "match pattern" in said:  # says nothing to somebody who doesn't know such patterns
        example = repr(value(info.default))
        said = tr("it doesn't have the form that is needed, such as {example}", example=example)
    return f"{said[:1].upper()}{said[1:]}."


def fits(info: SettingInfo, wanted: str) -> bool:
    """Whether somebody who looks for these words means this setting."""
    said = [info.name, title(info.name), group_title(info.group), tr(info.description), *map(tr, info.choices)]
    return all(word in " ".join(said).casefold() for word in wanted.casefold().split())


def unsaved(changed: int, files: int) -> str:
    """What waits to be saved; empty when nothing does."""
    settings, texts = plural("{n} setting", "{n} settings", changed), plural("{n} text", "{n} texts", files)
    if changed and files:
        return tr("{settings} and {texts} changed and not saved", settings=settings, texts=texts)
    if changed or files:
        return tr("{what} changed and not saved", what=settings if changed else texts)
    return ""


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
    is_said = line is None or _LINE.search(told)
    said = told if is_said else tr("Line {line}: {problem}", line=line, problem=told)
    return f"{said[:1].upper()}{said[1:]}"


def point(at: CurvePoint) -> str:
    """What autopilot would have done at this confidence."""
    if at.error is None:
        return tr("At {confidence} the desk would send nothing by itself.", confidence=decimal(at.confidence, 2))
    return tr(
        "At {confidence} the desk would send {coverage} of the replies by itself; of those {offered}, {corrected} would"
        " have needed a person's correction ({error}).",
        confidence=decimal(at.confidence, 2),
        coverage=percent(at.coverage),
        offered=number(at.offered),
        corrected=number(at.corrected),
        error=percent(at.error),
    )


def curve(found: ReplayCurve) -> str:
    """Over how many messages the curve goes, and what it advises."""
    note = found.note or ""
    if not found.judged:
        return note
    over = plural(
        "From {n} past message that could be judged.", "From {n} past messages that could be judged.", found.judged
    )
    if found.advised is None:
        advice = tr("Leave autopilot off, or gather more past conversations first.")
        return " ".join(part for part in (over, note, advice) if part)
    advice = tr(
        "Advised: {confidence}, the lowest confidence whose error stays within 5% even with doubt.",
        confidence=decimal(found.advised, 2),
    )
    return f"{over} {advice}"


def replaying(done: int, total: int, what: str) -> str:
    if not total:
        return tr("Copying the desk; yours goes on meanwhile")
    return tr("{done} of {total} {what}", done=number(done), total=number(total), what=what)


def changed_fields(problems: Mapping[str, str], shown: Sequence[str]) -> str:
    """All problems in one sentence: how many, and where."""
    named = [title(name) for name in problems if name in shown]
    other = [told for name, told in problems.items() if name not in shown]
    said = tr("Nothing was saved")
    if named:
        said = tr("Nothing was saved. Mend {settings} first", settings=", ".join(named))
    return ". ".join([said, *other]) + "."
