import json
import zipfile

import pytest
from docx import Document as WordDocument
from pypdf import PdfWriter

from cxdesk.domain import Invalid
from cxdesk.knowledge import readers
from cxdesk.knowledge.readers import read


def pdf_with(*pages: str) -> bytes:
    """A PDF of one line of text a page, written by hand since pypdf draws no text."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def written(tmp_path, name: str, content: bytes | str):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_markdown_is_kept_and_its_first_heading_is_the_title(tmp_path):
    content = read(written(tmp_path, "a.md", "# Returns & refunds\r\n\r\nWithin **30 days**.\r\n"))
    assert content == ("Returns & refunds", "# Returns & refunds\n\nWithin **30 days**.")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("opening_hours-2026.txt", "Opening hours 2026"),
        ("faq.txt", "FAQ"),
        ("vat-in-the-eu.txt", "VAT in the EU"),
        ("contact-us.txt", "Contact us"),
        ("FAQs iPhone.txt", "FAQs iPhone"),
    ],
)
def test_a_text_without_a_title_is_called_by_its_file_name(tmp_path, name, title):
    assert read(written(tmp_path, name, "We open at 9.")).title == title


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_encodings_of_office_programs_are_recognised(tmp_path, encoding):
    text = "Die Rückgabe ist für alle Geräte möglich. Größere Artikel holen wir ab, wenn Sie dies wünschen. " * 3
    assert read(written(tmp_path, "a.txt", text.encode(encoding))).text == text.strip()


def test_html_gives_headings_lists_and_tables_and_drops_scripts_and_navigation(tmp_path):
    page = """<html><head><title> Delivery
      times </title><style>p {}</style></head><body><nav>Home | Shop</nav><h1>Delivery</h1>
      <p>We send <b>every</b> day.<br>Except Sundays.</p><script>track()</script><!-- hidden -->
      <h2>By <em>country</em></h2><ul><li>France: 3 days</li><li><p>Spain: 4 days</p></li></ul>
      <table><tr><th>Size</th><th>Price</th></tr><tr><td>S</td><td>4 EUR</td></tr></table></body></html>"""
    content = read(written(tmp_path, "a.html", page))
    assert content.title == "Delivery times"
    assert "# Delivery\n" in content.text
    assert "## By country" in content.text
    assert "We send every day." in content.text
    assert "- France: 3 days\n- Spain: 4 days" in content.text
    assert "Size | Price\nS | 4 EUR" in content.text
    assert not any(word in content.text for word in ("track", "hidden", "Home", "p {}"))


def test_html_text_that_looks_like_a_heading_stays_text(tmp_path):
    assert "\\# 1 choice" in read(written(tmp_path, "a.html", "<h1>Pens</h1><p># 1 choice</p>")).text


def test_pdf_pages_are_told_apart_by_their_numbers(tmp_path):
    content = read(written(tmp_path, "price_list.pdf", pdf_with("Kettles cost 39 EUR", "Irons cost 25 EUR")))
    assert content.title == "Price list"
    assert content.text == "## Page 1\n\nKettles cost 39 EUR\n\n## Page 2\n\nIrons cost 25 EUR"


def test_word_headings_lists_and_tables_become_markdown_in_their_order(tmp_path):
    word = WordDocument()
    word.add_heading("Repairs", level=0)
    word.add_heading("What it costs", level=1)
    word.add_paragraph("A repair costs 20 EUR.")
    word.add_paragraph("Bring the receipt", style="List Bullet")
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Screen", "80 EUR"
    word.save(str(tmp_path / "repairs.docx"))
    content = read(tmp_path / "repairs.docx")
    assert content.title == "Repairs"
    assert content.text == (
        "# Repairs\n\n# What it costs\n\nA repair costs 20 EUR.\n\n- Bring the receipt\n\nScreen | 80 EUR"
    )


def test_faq_questions_become_headings_under_their_categories(tmp_path):
    faqs = [
        {"question": "Do you ship abroad?", "answer": "Yes.\n# Not a heading", "category": "Shipping"},
        {"question": "Who are you?", "answer": "A shop."},
    ]
    text = read(written(tmp_path, "faq.json", json.dumps(faqs))).text
    assert text == "## Shipping\n\n### Do you ship abroad?\n\nYes.\n\\# Not a heading\n\n## Who are you?\n\nA shop."


def encrypted_pdf() -> bytes:
    import io

    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def blank_pdf() -> bytes:
    import io

    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.md", b"", "empty (0 bytes)"),
        ("a.md", b" \n\n ", "holds no text"),
        ("a.md", b"\x00\x01\x02\xff\xfe\xfa" * 50, "not text"),
        ("a.xlsx", b"x", "of no known kind"),
        ("a", b"x", "of no known kind"),
        ("a.pdf", blank_pdf(), "PDF without text"),
        ("a.pdf", encrypted_pdf(), "password"),
        ("a.pdf", b"%PDF-1.4 and then nothing", "can't be read as a PDF"),
        ("a.pdf", b"no pdf at all", "can't be read as a PDF"),
        ("a.docx", b"PK no archive", "can't be read as a Word document"),
        ("a.json", b'[{"question": "Q?"', "not JSON"),
        ("a.json", b'{"question": "Q?"}', "not a FAQ"),
        ("a.json", b'[{"question": "Q?"}]', "'0.answer'"),
        ("a.json", b"[" * 100_000, "'a.json'"),
        ("a.json", b"[]", "holds no text"),
        ("a.html", b"<script>only()</script>", "holds no text"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence_that_names_it(tmp_path, name, content, says):
    with pytest.raises(Invalid) as refused:
        read(written(tmp_path, name, content))
    assert says in str(refused.value)
    assert repr(name) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_50_mb_text_is_refused_unread_with_the_limit(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(Invalid, match="too large \\(50 MB; the limit is 20 MB\\)"):
        read(path)


def test_a_word_file_that_unpacks_to_more_than_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "_UNPACKED_LIMIT_MB", 1)
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 2_000_000)
    with pytest.raises(Invalid, match="unpacks to 2 MB"):
        read(tmp_path / "bomb.docx")


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Invalid, match="There is no file"):
        read(tmp_path / "gone.md")
