"""Mails, Word documents, tables and records of references, each with what it has and does not show."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import openpyxl
import pytest
from openpyxl.comments import Comment

from briefing.model.findings import UsageError
from briefing.sources.extract import citation, kinds, tables
from briefing.sources.extract.extracted import Extracted

LONG = (
    "The harbour office published its plan for the coming years on Tuesday, and the council is to debate it "
    "next week. It would pay up to 40 million crowns for twelve tugs."
)


def left_out(found: Extracted) -> list[tuple[str, str]]:
    return [(item.kind, item.text) for item in found.left_out]


# -------------------------------------------------------------------------------------------------- mails


def mail(text: str, *, html: str = "", attachment: str = "") -> bytes:
    message = EmailMessage()
    message["From"] = "Odile Brenner <o@tarn.example>"
    message["To"] = "press@tarn.example"
    message["Date"] = "Sun, 4 May 2031 10:00:00 +0200"
    message["Subject"] = "Twelve tugs – soon"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    if attachment:
        message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename=attachment)
    return message.as_bytes()


def test_a_mail_has_its_head_as_lines_and_as_metadata() -> None:
    found = kinds.read(mail(f"{LONG}\n\nYours, O.\n", attachment="plan 2031.pdf"), "note.eml")
    assert found.paragraphs == (
        "From: Odile Brenner <o@tarn.example>",
        "To: press@tarn.example",
        "Date: Sun, 04 May 2031 10:00:00 +0200",
        "Subject: Twelve tugs – soon",
        LONG,
        "Yours, O.",
    )
    stated = {field: item.value for field, item in found.stated.items()}
    assert stated == {"title": "Twelve tugs – soon", "author": "Odile Brenner", "published": "2031-05-04"}
    assert left_out(found) == [("attachment", "plan 2031.pdf (application/pdf)")]


def test_a_figure_that_only_the_html_of_a_mail_has_is_named() -> None:
    page = f"<p>{LONG}</p><p>The table says 612 berths.</p>"
    found = kinds.read(mail(f"{LONG}\n", html=page), "note.eml")
    assert left_out(found) == [("figures that only the mail's HTML has", "The table says 612 berths.")]


def test_a_mail_without_text_is_refused() -> None:
    with pytest.raises(UsageError, match=r"empty\.eml has no text; add the files that are attached"):
        kinds.read(mail("", attachment="plan.pdf"), "empty.eml")


# --------------------------------------------------------------------------------------- Word documents

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def run(text: str, form: str = "") -> str:
    return f'<w:r><w:rPr>{form}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def docx(body: str, **parts: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as document:
        document.writestr(
            "word/document.xml", f"<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>"
        )
        for name, text in parts.items():
            document.writestr(f"word/{name}.xml", f"<w:{name} {NAMESPACE}>{text}</w:{name}>")
    return packed.getvalue()


def test_a_word_document_has_its_changes_accepted_and_says_so() -> None:
    body = (
        f"<w:p>{run('It wants ')}<w:del><w:r><w:delText>21</w:delText></w:r></w:del>"
        f"<w:ins>{run('12')}</w:ins>{run(' tugs')}{run('secret 9', '<w:vanish/>')}{run('.')}</w:p>"
    )
    found = kinds.read(docx(body), "plan.docx")
    assert found.paragraphs == ("It wants 12 tugs.",)
    assert left_out(found) == [("deleted text", "21"), ("hidden text", "secret 9")]
    assert "taken as accepted: insertions 1, deletions 1." in found.doubts[0]


def test_tables_notes_and_the_head_of_the_page_of_a_word_document() -> None:
    cells = "".join(f"<w:tc><w:p>{run(text)}</w:p></w:tc>" for text in ("Hest", "", "5"))
    called = '<w:r><w:footnoteReference w:id="4"/></w:r>'
    body = f"<w:p>{run('It wants 100')}{called}{run(' tugs.')}</w:p><w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    notes = f'<w:footnote w:id="4"><w:p>{run("Without barges.")}</w:p></w:footnote>'
    found = kinds.read(
        docx(body, footnotes=notes, header=f"<w:p>{run('Embargoed until 12 May')}</w:p>"), "plan.docx"
    )
    assert found.paragraphs == ("It wants 100^(1) tugs.", "Hest | | 5", "1 Without barges.")
    assert left_out(found) == [("page header", "Embargoed until 12 May")]


@pytest.mark.parametrize("data", [b"PK\x03\x04 word/", docx("")[:90] + b" word/"], ids=["no file", "cut off"])
def test_a_damaged_word_document_is_a_sentence(data: bytes) -> None:
    with pytest.raises(UsageError, match=r"plan\.docx is a damaged Word document"):
        kinds.read(data, "plan.docx")


# ------------------------------------------------------------------------------------------------- tables


def workbook(rows: list[list[object]], *, form: str = "") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Tugs"
    for row in rows:
        sheet.append(row)
    for row in sheet.iter_rows(min_row=2, min_col=2) if form else ():
        for cell in row:
            cell.number_format = form
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_rows_of_a_csv_are_paragraphs_with_their_cells_apart() -> None:
    text = 'harbour;tugs;cost\nTarnhaven;1;"3;5"\nHest;;5,800\n'
    found = kinds.read(text.encode(), "tugs.csv")
    assert found.paragraphs == (
        "harbour; tugs; cost",
        "harbour: Tarnhaven; tugs: 1; cost: 3;5",
        "harbour: Hest; tugs: ; cost: 5,800",
    )
    assert "its columns are harbour | tugs | cost" in found.remarks[0]
    (table,) = tables.read(text.encode(), "tugs.csv")
    assert (table.heads, table.rows[1]) == (("harbour", "tugs", "cost"), ("Hest", "", "5,800"))


def test_a_row_with_fewer_cells_is_named() -> None:
    found = kinds.read(b"a,b,c\n1,2,3\n4,5\n", "t.csv")
    assert found.paragraphs[2] == "a: 4; b: 5; c:"
    assert found.doubts == ("Rows with fewer cells than the others: 1.",)


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (0.125, "0.0%", "12.5%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234.0, "General", "1234"),
        (40.26, '"€"0.0', "€40.3"),
        (3, '0 "tugs"', "3 tugs"),
    ],
)
def test_a_workbook_is_taken_as_its_sheet_shows_it(value: float, form: str, shown: str) -> None:
    found = kinds.read(saved(workbook([["Harbour", "Cost"], ["Hest", value]], form=form)), "t.xlsx")
    assert found.paragraphs == ("Harbour; Cost", f"Harbour: Hest; Cost: {shown}")
    assert any("rounded" in doubt for doubt in found.doubts) == (shown == "€40.3")


def test_what_a_workbook_hides_is_named() -> None:
    book = workbook([["Harbour", "Tugs", "Note"], ["Hest", 5, "x"], ["Zell", 7, "y"]])
    sheet = book.active
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["A2"].comment = Comment("It was 4.", "O.")
    book.create_sheet("Old").append(["Total", 99])
    book["Old"].sheet_state = "hidden"
    found = kinds.read(saved(book), "t.xlsx")
    assert found.paragraphs[-2:] == ("Harbour; Tugs", "Harbour: Hest; Tugs: 5")
    assert {kind for kind, _ in left_out(found)} == {"comment", "hidden row", "hidden column", "hidden sheet"}
    assert ("hidden row", "Zell | 7 | y") in left_out(found)


# --------------------------------------------------------------------------------------------- references


def test_a_record_of_a_reference_states_metadata() -> None:
    ris = (
        b"TY  - NEWS\nTI  - Tugs & barges\nT2  - The Tarn Courier\n"
        b"AU  - Vane, R.\nAU  - Brenner, Odile\nDA  - 2031/05/04\nER  - \n"
    )
    assert {field: item.value for field, item in citation.read(ris, "a.ris").items()} == {
        "title": "Tugs & barges",
        "publisher": "The Tarn Courier",
        "author": "R. Vane, Odile Brenner",
        "published": "2031-05-04",
    }
    csl = (
        b'[{"title": "Tugs", "author": [{"family": "Vane", "given": "R."}], '
        b'"issued": {"date-parts": [[2031, 5]]}}]'
    )
    assert {field: item.value for field, item in citation.read(csl, "a.json").items()} == {
        "title": "Tugs",
        "author": "R. Vane",
        "published": "2031-05",
    }


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"{broken", b"TY  - A\nTY  - B\n"])
def test_what_is_no_single_record_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match="CSL-JSON"):
        citation.read(data, "a.ris")
