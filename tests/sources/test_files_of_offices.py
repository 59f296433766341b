"""Mails, Word documents, tables and records of references, each with what it has and does not show."""

from __future__ import annotations

import datetime
import io
import textwrap
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


def raw(text: str) -> bytes:
    head = "From: o@tarn.example\nSubject: Tugs\nDate: Sun, 4 May 2031 10:00:00 +0000\nMIME-Version: 1.0\n"
    return (head + text).replace("\n", "\r\n").encode()


MIXED = "Content-Type: multipart/mixed; boundary=B\n\n--B\n{}\n--B\n{}\n--B--\n"
PLAIN = "Content-Type: text/plain; charset=utf-8\n\n{}"


def test_texts_that_are_shown_below_a_mail_are_in_it() -> None:
    """A second text, as behind a picture, and a mail that is forwarded with its own head."""
    forwarded = "Content-Type: message/rfc822\n\nFrom: m@tarn.example\nSubject: Plan\n" + PLAIN.format(
        "It has 612 berths."
    )
    found = kinds.read(raw(MIXED.format(PLAIN.format("See below."), forwarded)), "note.eml")
    assert found.paragraphs[3:] == (
        "See below.",
        "From: m@tarn.example",
        "Subject: Plan",
        "It has 612 berths.",
    )
    found = kinds.read(raw(MIXED.format(PLAIN.format("One."), PLAIN.format("And 12 tugs."))), "note.eml")
    assert found.paragraphs[3:] == ("One.", "And 12 tugs.")


def test_what_only_the_page_of_a_mail_says_is_named() -> None:
    page = "<p>The council wants the tugs before winter.</p><img src=x alt='chart of 612 berths'>"
    found = kinds.read(mail("Your program shows no pages.\n", html=page), "note.eml")
    assert left_out(found) == [
        ("text that only the mail's HTML has", "The council wants the tugs before winter."),
        ("figures that only the mail's HTML has", "chart of 612 berths"),
    ]


def test_the_encoding_of_a_mail_means_what_browsers_make_of_it() -> None:
    head = "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable"
    body = f"{head}\n\n=93=80 40 million=94"
    assert kinds.read(raw(body), "note.eml").paragraphs[-1] == "“€ 40 million”"


def test_the_lines_of_a_quoted_mail_are_joined() -> None:
    text = "\n".join(textwrap.wrap(f"{LONG} {LONG}", 70, initial_indent="> ", subsequent_indent="> "))
    found = kinds.read(mail(f"I agree.\n\n{text}\n\nYours"), "note.eml")
    assert found.paragraphs[4:] == ("I agree.", f"> {LONG} {LONG}", "Yours")


def test_a_mail_that_only_outlook_reads_is_a_sentence_of_its_own() -> None:
    head = "Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64"
    body = f"{head}\n\neJ8+IgABBg=="
    with pytest.raises(UsageError, match=r"winmail\.dat, which only Outlook reads; open it there"):
        kinds.read(raw(body), "note.eml")


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


def cell(text: str, form: str = "") -> str:
    return f"<w:tc><w:tcPr>{form}</w:tcPr>{text if '<' in text else f'<w:p>{run(text)}</w:p>'}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def test_a_table_within_a_cell_and_cells_that_reach_down_lose_nothing() -> None:
    inner = f"<w:tbl>{row(cell('old'), cell('31'))}{row(cell('new'), cell('32'))}</w:tbl><w:p/>"
    body = row(cell("Hest"), cell(inner), cell("5"))
    body += row(cell("Zell", '<w:vMerge w:val="restart"/>'), cell("6"), cell("7"))
    body += row(cell("", "<w:vMerge/>"), cell("8"), cell("9", "<w:cellDel/>"))
    found = kinds.read(docx(f"<w:tbl>{body}</w:tbl>"), "plan.docx")
    assert found.paragraphs == ("Hest | old: 31; new: 32 | 5", "Zell | 6 | 7", "Zell | 8 |")
    assert left_out(found) == [("deleted text", "9")]


def test_a_formula_of_a_word_document_makes_no_figure_of_two() -> None:
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    power = "<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>6</m:t></m:r></m:sup></m:sSup>"
    part = "<m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f>"
    body = f"<w:p {math}>{run('It is ')}<m:oMath>{power}<m:r><m:t>+</m:t></m:r>{part}</m:oMath></w:p>"
    assert kinds.read(docx(body), "plan.docx").paragraphs == ("It is 10^(6)+3/4",)


def test_a_paragraph_whose_end_is_deleted_goes_on_with_the_next() -> None:
    body = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('It wants ')}</w:p><w:p>{run('12 tugs.')}</w:p>"
    assert kinds.read(docx(body), "plan.docx").paragraphs == ("It wants 12 tugs.",)


def test_what_a_word_document_draws_embeds_or_hides_by_a_style_is_named() -> None:
    styles = (
        '<w:style w:styleId="A"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    body = f'<w:p>{run("Seen.")}</w:p><w:p><w:pPr><w:pStyle w:val="B"/></w:pPr>{run("Unseen 7.")}</w:p>'
    packed = io.BytesIO(docx(body, styles=styles))
    with zipfile.ZipFile(packed, "a") as document:
        document.writestr("word/charts/chart1.xml", "<c><t>Tugs</t><v>612</v></c>")
        document.writestr("word/embeddings/book.xlsx", "PK")
    found = kinds.read(packed.getvalue(), "plan.docx")
    assert left_out(found) == [("hidden text", "Unseen 7."), ("chart", "Tugs 612")]
    assert found.doubts == (
        "The document contains 1 embedded file, and nothing of what is in such files was read: book.xlsx.",
    )


def test_a_word_document_in_the_strict_form_is_read() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as document:
        name = "http://purl.oclc.org/ooxml/wordprocessingml/main"
        text = f'<w:document xmlns:w="{name}"><w:body><w:p>{run("Twelve tugs.")}</w:p></w:body></w:document>'
        document.writestr("word/document.xml", text)
    assert kinds.read(data.getvalue(), "plan.docx").paragraphs == ("Twelve tugs.",)


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04 word/", docx("")[:90] + b" word/", b"PK\x03\x04" + docx("<w:p/>")[41:]],
    ids=["no file", "cut off", "begin lost"],
)
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
    ("text", "rows", "doubt"),
    [
        (
            "Report of 2031,,\nharbour,tugs,\n,2031,2032\nHest,3,4\n",
            ("Report of 2031", "harbour; tugs 2031; tugs 2032", "harbour: Hest; tugs 2031: 3; tugs 2032: 4"),
            "",
        ),
        ("sep=;\rharbour;cost\rHest;1,5\r", ("harbour; cost", "harbour: Hest; cost: 1,5"), ""),
        ("harbour,cost\nHest,1,5\n", ("harbour; cost;", "harbour: Hest; cost: 1; 5"), "more cells"),
        ('harbour,cost\n"Hest,3\nZell,4\n', ("harbour; cost", "harbour: Hest,3 Zell,4; cost:"), "not closed"),
    ],
    ids=["heads of two rows", "old line ends", "decimal commas", "open quotation"],
)  # fmt: skip
def test_tables_as_people_save_them(text: str, rows: tuple[str, ...], doubt: str) -> None:
    found = kinds.read(text.encode(), "tugs.csv")
    assert tuple(item.strip() for item in found.paragraphs) == rows
    assert doubt in " ".join(found.doubts)
    assert bool(doubt) == bool(found.doubts)


def test_a_table_that_is_not_utf_8_says_how_excel_saves_it() -> None:
    with pytest.raises(UsageError, match="In Excel: Save as, CSV UTF-8"):
        kinds.read("harbour;cost\nHest;40 €\n".encode("cp1252"), "tugs.csv")


def test_a_workbook_may_begin_with_a_title_and_empty_columns() -> None:
    book = workbook([])
    sheet = book.active
    sheet["B2"] = "Report 2031"
    for at, (name, tugs) in enumerate((("Harbour", "Tugs"), ("Hest", 3), (None, 4)), 3):
        sheet[f"B{at}"], sheet[f"C{at}"] = name, tugs
    sheet.merge_cells("B4:B5")
    sheet["XFD1048576"].font = openpyxl.styles.Font(bold=True)  # a cell with a form and without a value
    found = kinds.read(saved(book), "t.xlsx")
    assert found.paragraphs == (
        "Report 2031", "Harbour; Tugs", "Harbour: Hest; Tugs: 3", "Harbour: Hest; Tugs: 4",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (datetime.date(2031, 5, 1), "mmm yyyy", "2031-05"),
        (datetime.date(2031, 1, 1), "yyyy", "2031"),
        (datetime.date(2031, 5, 4), "d.m.yyyy", "2031-05-04"),
        (datetime.timedelta(hours=30), "[h]:mm", "30:00:00"),
        (7, "000", "007"),
        (0.125, "0.0%", "12.5%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234.0, "General", "1234"),
        (40.26, '"€"0.0', "€40.3"),
        (3, '0 "tugs"', "3 tugs"),
    ],
)
def test_a_workbook_is_taken_as_its_sheet_shows_it(value: object, form: str, shown: str) -> None:
    found = kinds.read(saved(workbook([["Harbour", "Cost"], ["Hest", value]], form=form)), "t.xlsx")
    assert found.paragraphs == ("Harbour; Cost", f"Harbour: Hest; Cost: {shown}")
    assert any("rounded" in doubt for doubt in found.doubts) == (shown == "€40.3")


def test_what_a_workbook_hides_is_named() -> None:
    book = workbook([["Harbour", "Tugs", "Note"], ["Hest", 5, "x"], ["Zell", 7, "y"]])
    sheet = book.active
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["A2"].comment = Comment("It was 4.", "O.")
    sheet["A2"].font = openpyxl.styles.Font(strike=True)
    sheet["B4"], sheet["B4"].number_format = 8, ";;;"
    sheet.oddHeader.center.text = "Embargoed until 12 May"
    book.create_sheet("Old").append(["Total", 99])
    book["Old"].sheet_state = "hidden"
    found = kinds.read(saved(book), "t.xlsx")
    assert found.paragraphs[-2:] == ("Harbour; Tugs", "Harbour: ; Tugs: 5")
    assert {kind for kind, _ in left_out(found)} == {
        "comment",
        "hidden cell",
        "hidden row",
        "hidden column",
        "hidden sheet",
        "page header",
        "struck-out text",
    }
    assert ("hidden row", "Zell | 7 | y") in left_out(found)


# --------------------------------------------------------------------------------------------- references


def test_a_record_of_a_reference_states_metadata() -> None:
    ris = (
        b"TY  - NEWS\nTI  - Tugs\n  & barges\nT2  - The Tarn Courier\n"
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


def test_a_note_names_the_first_columns_of_a_wide_table_and_counts_the_others() -> None:
    """A note is read by every check, so a table of 400,000 columns would keep each one for minutes."""
    text = ",".join(f"c{number}" for number in range(400)) + "\n" + ",".join("1" * 400) + "\n"
    (remark,) = kinds.read(text.encode(), "wide.csv").remarks
    assert remark.startswith("Each row of the table is a paragraph; its columns are c0 | c1 | ")
    assert remark.endswith(" | c49 and 350 more.")
