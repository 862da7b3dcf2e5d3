"""Files to plain Markdown, which is what a passage points into and a person is shown.

Each reader keeps what search and grounding need: headings, paragraphs, lists, table rows. Layout and
pictures are left behind.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import charset_normalizer
from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PageElement, Tag
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from cxdesk.domain import Invalid
from cxdesk.knowledge.passages import heading_words

LIMIT_MB = 20
# A small archive can unpack to more than the PC's memory.
_UNPACKED_LIMIT_MB = 200
_MB = 1_000_000

# Abbreviations, which are written in small letters in the names of files only.
_LARGE = "API B2B B2C DHL DPD EU FAQ FAQs GDPR HDMI IBAN NDA PDF QR RMA SEPA SLA SMS TV UK URL USA USB VAT VIP".split()
_ABBREVIATIONS = {word.lower(): word for word in _LARGE}


class Content(NamedTuple):
    """What a file says: its title and its text as Markdown, with '\\n' line ends."""

    title: str
    text: str


def read(path: Path) -> Content:
    """The file's content. Raises `Invalid` with one sentence when there is none to be had.

    The kind is told by the ending: see `ENDINGS`. Text is UTF-8, else what its bytes look like. The
    title is the document's own, else its name in words.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise Invalid(f"{path.name!r} is of no known kind. Known are {', '.join(ENDINGS)}.")
    _refuse_by_size(path)
    content = reader(path)
    text = _plain(content.text)
    if not text:
        raise Invalid(f"{path.name!r} holds no text. Add a file that does.")
    return Content(_one_line(_plain(content.title)) or _title_of_name(path), text)


def written(name: str, text: str) -> Content:
    """The content of a text that was typed. Raises `Invalid` when there is nothing in it."""
    plain = _plain(text)
    if not plain:
        raise Invalid(f"{name!r} holds no text. Write some, or remove the document.")
    return Content(_own_title(plain) or _title_of_name(Path(name)), plain)


def _refuse_by_size(path: Path) -> None:
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise Invalid(f"There is no file {str(path)!r}. Check the path.") from error
    except OSError as error:
        raise _broken(path, "file", error) from error
    if size == 0:
        raise Invalid(f"{path.name!r} is empty (0 bytes). Save it again, or leave it out.")
    if size > LIMIT_MB * _MB:
        raise Invalid(f"{path.name!r} is too large ({size / _MB:.0f} MB; the limit is {LIMIT_MB} MB). Split it.")


def _broken(path: Path, kind: str, error: Exception) -> Invalid:
    reason = type(error).__name__
    return Invalid(f"{path.name!r} can't be read as a {kind} ({reason}). Open and save it again, or leave it out.")


# ---------------------------------------------------------------- text and Markdown


def _read_text(path: Path) -> Content:
    text = decode(path)
    return Content(_own_title(text), text)


def _own_title(text: str) -> str:
    heading = re.search(r"^#[ \t]+(.+?)[ \t#]*$", text, re.MULTILINE)
    return heading_words(heading[1]) if heading else ""


def decode(path: Path) -> str:
    """The text of a file whose encoding nobody told. Raises `Invalid` for bytes that are no text."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _broken(path, "file", error) from error
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        best = None if b"\0" in data else charset_normalizer.from_bytes(data).best()
        if best is None:
            raise Invalid(f"{path.name!r} is not text in any known encoding. Save it as UTF-8.") from None
        return str(best)


# ---------------------------------------------------------------- HTML

_UNSEEN = ("script", "style", "noscript", "template", "nav", "form", "iframe", "svg", "head")
_BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "figcaption", "figure"]
) | {"footer", "header", "html", "main", "ol", "p", "section", "summary", "table", "tbody", "tfoot", "thead", "ul"}


def _read_html(path: Path) -> Content:
    page = BeautifulSoup(decode(path), "html.parser")
    title = page.title.get_text() if page.title else ""
    for element in page.find_all(_UNSEEN):
        element.decompose()
    first_heading = page.find("h1")
    return Content(title or (first_heading.get_text() if first_heading else ""), "".join(_markdown(page)))


def _markdown(element: PageElement) -> Iterator[str]:
    if isinstance(element, NavigableString):
        if not isinstance(element, Comment):
            yield re.sub(r"\s+", " ", element)
        return
    if not isinstance(element, Tag):
        return
    if element.name == "pre":
        yield f"\n\n{element.get_text()}\n\n"
    elif re.fullmatch("h[1-6]", element.name):
        yield f"\n\n{'#' * int(element.name[1])} {_one_line(element.get_text())}\n\n"
    elif element.name == "tr":
        yield "\n" + " | ".join(_one_line(cell.get_text(" ")) for cell in element.find_all(["th", "td"]))
    elif element.name == "li":
        yield f"\n- {_literal(_inside(element).strip())}"
    elif element.name == "br":
        yield "\n"
    elif element.name in _BLOCKS:
        yield f"\n\n{_literal(_inside(element)) if element.name == 'p' else _inside(element)}\n\n"
    else:
        yield _inside(element)


def _inside(element: Tag) -> str:
    return "".join(piece for child in element.children for piece in _markdown(child))


# ---------------------------------------------------------------- PDF and Word


def _read_pdf(path: Path) -> Content:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Invalid(f"{path.name!r} is protected by a password. Save a copy without one.")
        pages = [_literal(page.extract_text()) for page in reader.pages]
        title = str((reader.metadata and reader.metadata.title) or "")
    # Damaged files surface as nearly any built-in error from deep inside the parser.
    except (PyPdfError, OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise _broken(path, "PDF", error) from error
    if not any(page.strip() for page in pages):
        raise Invalid(f"{path.name!r} is a PDF without text, perhaps a scan. Run a text recognition over it first.")
    if len(pages) == 1:
        return Content(title, pages[0])
    numbered = (f"## Page {number}\n\n{page}" for number, page in enumerate(pages, start=1) if page.strip())
    return Content(title, "\n\n".join(numbered))


def _read_docx(path: Path) -> Content:
    from docx import Document as WordDocument
    from docx.opc.exceptions import OpcError
    from docx.text.paragraph import Paragraph

    try:
        _refuse_unpacked_size(path)
        document = WordDocument(str(path))
        blocks = [
            _word_paragraph(block) if isinstance(block, Paragraph) else _word_table(block)
            for block in document.iter_inner_content()
        ]
        title = document.core_properties.title
    except (OpcError, SyntaxError, zipfile.BadZipFile, OSError, ValueError, KeyError, AttributeError) as error:
        raise _broken(path, "Word document", error) from error
    own = next((block[2:] for block in blocks if block.startswith("# ")), "")
    # 'Word Document' is what the library that wrote the file puts where nobody chose a title.
    return Content(own or ("" if title == "Word Document" else title), "\n\n".join(filter(None, blocks)))


def _refuse_unpacked_size(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        size = sum(member.file_size for member in archive.infolist())
    if size > _UNPACKED_LIMIT_MB * _MB:
        raise Invalid(f"{path.name!r} unpacks to {size / _MB:.0f} MB; the limit is {_UNPACKED_LIMIT_MB} MB. Split it.")


def _word_paragraph(paragraph: object) -> str:
    style = str(getattr(getattr(paragraph, "style", None), "name", "") or "")
    text = str(getattr(paragraph, "text", "")).strip()
    if not text:
        return ""
    if style == "Title":
        return f"# {_one_line(text)}"
    if heading := re.fullmatch(r"Heading (\d)", style):
        return f"{'#' * min(int(heading[1]), 6)} {_one_line(text)}"
    return f"- {text}" if style.startswith("List") else _literal(text)


def _word_table(table: object) -> str:
    rows = getattr(table, "rows", ())
    return "\n".join(" | ".join(_one_line(cell.text) for cell in row.cells) for row in rows)


# ---------------------------------------------------------------- questions and answers


class _Faq(BaseModel):
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    question: str
    answer: str
    category: str | None = None


_FAQS = TypeAdapter(list[_Faq])


def _read_faq(path: Path) -> Content:
    text = decode(path)
    try:
        faqs = _FAQS.validate_python(json.loads(text))
    except json.JSONDecodeError as error:
        raise Invalid(f"{path.name!r} is not JSON: {error.msg} in line {error.lineno}. Mend that line.") from error
    except RecursionError as error:
        raise _broken(path, "FAQ", error) from error
    except ValidationError as error:
        where = error.errors()[0]
        place = ".".join(map(str, where["loc"])) or "the top"
        raise Invalid(
            f"{path.name!r} is not a FAQ: {where['msg'].lower()} at {place!r}. "
            "Write a list of objects with 'question', 'answer' and, if you like, 'category'."
        ) from error
    by_category: dict[str, list[_Faq]] = {}
    for faq in faqs:
        by_category.setdefault(faq.category or "", []).append(faq)
    return Content("", "\n\n".join(_faq_group(category, group) for category, group in by_category.items()))


def _faq_group(category: str, faqs: list[_Faq]) -> str:
    depth, above = ("###", [f"## {_one_line(category)}"]) if category else ("##", [])
    return "\n\n".join([*above, *(f"{depth} {_one_line(faq.question)}\n\n{_literal(faq.answer)}" for faq in faqs)])


# ---------------------------------------------------------------- helpers


def _plain(text: str) -> str:
    """One kind of line end, no control characters, no runs of blank lines."""
    text = re.sub(r"\r\n?|[\f\v\x85\u2028\u2029]", "\n", text)
    text = re.sub(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\ud800-\udfff]", "", text)
    return re.sub(r"\n[ \t]*\n\s*?\n+", "\n\n", re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)).strip()


def _literal(text: str) -> str:
    """Text in which no line is taken for a heading: only headings of the source are headings."""
    return re.sub(r"^([ \t]{0,3})(#{1,6}(?=\s|$)|=+[ \t]*$|-+[ \t]*$)", r"\1\\\2", text, flags=re.MULTILINE)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _title_of_name(path: Path) -> str:
    words = _one_line(re.sub(r"[_\W]+", " ", path.stem)) or path.name
    title = " ".join(_ABBREVIATIONS.get(word, word) for word in words.split(" "))
    return title[:1].upper() + title[1:]


TEXTS = (".md", ".markdown", ".txt")
"""Endings of what is kept as it was written, so that it can be edited; the others are made from their file."""
_READERS: dict[str, Callable[[Path], Content]] = {
    ".md": _read_text,
    ".markdown": _read_text,
    ".txt": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".pdf": _read_pdf,
    ".docx": _read_docx,
    ".json": _read_faq,
}
ENDINGS = tuple(_READERS)
