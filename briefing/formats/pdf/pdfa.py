"""Everything but tags that PDF/A-3a requires of a PDF, and the declaration of PDF/A-3a and PDF/UA-1.

Nothing here reads a clock: every date is the day that the page itself states.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from briefing.formats.base import Attachment

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" \
xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
{properties}
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the document conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
"""PDF/A allows the PDF/UA identifier only where its schema is described."""


def finish(pdf: Any, metadata: Any, attachments: Sequence[Attachment]) -> None:
    """Declare the standards and the colour profile, and embed the attachments of the document."""
    import pydyf

    xmp = _XMP.format(properties=_properties(metadata, pdf.info["Producer"].string))
    # Not compressed, so that archive tools can read it without opening the rest.
    stream = pydyf.Stream([xmp.encode()], {"Type": "/Metadata", "Subtype": "/XML"}, compress=False)
    pdf.add_object(stream)
    pdf.catalog["Metadata"] = stream.reference
    for intent in pdf.catalog["OutputIntents"]:
        intent["S"] = "/GTS_PDFA1"
    if attachments:
        _embed(pdf, attachments, str(metadata.created or "2000-01-01"))
    for number, item in enumerate(pdf.objects):
        if item.free == "n":
            pdf.objects[number] = _written()(item)


@functools.cache
def _written() -> Any:
    """Return the class of an object whose bytes are final."""
    import pydyf

    class Written(pydyf.Object):  # type: ignore[misc]
        """An object with its bytes: pydyf asks for them several times, and would compress them each time."""

        data, compressible = b"", False

        def __init__(self, item: Any) -> None:
            super().__init__()
            self.number, self.generation = item.number, item.generation
            self.compressible = item.compressible
            is_ours = isinstance(item, pydyf.Stream) and "Params" not in item.extra
            self.data = _corrected(item) if is_ours else item.data

    return Written


def _corrected(stream: Any) -> bytes:
    """Return the bytes of a stream, with a text for every glyph and a last byte that is no carriage return.

    Some readers and validators take that byte as part of the line break that follows, and report the stream
    as one byte too short; an empty line is added.
    """
    _map_every_glyph(stream)
    data: bytes = stream.data
    while data.endswith(b"\r\nendstream"):
        stream.stream.append(b"")
        if "Length1" in stream.extra:  # a font says how long it is before it is compressed
            stream.extra["Length1"] += 1
        data = stream.data
    return data


def _map_every_glyph(stream: Any) -> None:
    """Give a zero-width space to each glyph of a font to which no text is mapped.

    In some scripts a letter is drawn with several glyphs, and WeasyPrint maps its text to one of them; both
    standards require a text for every glyph.
    """
    if b"endbfchar" in stream.stream:
        stream.stream[:] = [
            line.removesuffix(b"<>") + b"<200b>" if line.endswith(b" <>") else line for line in stream.stream
        ]


def _properties(metadata: Any, producer: str) -> str:
    """Return the document information again as XMP, word for word, because PDF/A requires that both agree.

    Publisher, licence and address are here only; the document information has no place for them.
    """

    def of_language(name: str, text: str) -> str:
        item = f'<rdf:li xml:lang="x-default">{escape(text)}</rdf:li>'
        return f"<dc:{name}><rdf:Alt>{item}</rdf:Alt></dc:{name}>"

    authors = ", ".join(metadata.authors)
    named = (metadata.custom.get(f"dcterms.{name}", "") for name in ("publisher", "rights", "identifier"))
    publisher, rights, identifier = named
    parts = (
        of_language("title", metadata.title or ""),
        f"<dc:language><rdf:Bag><rdf:li>{escape(metadata.lang)}</rdf:li></rdf:Bag></dc:language>",
        authors and f"<dc:creator><rdf:Seq><rdf:li>{escape(authors)}</rdf:li></rdf:Seq></dc:creator>",
        metadata.description and of_language("description", metadata.description),
        publisher and f"<dc:publisher><rdf:Bag><rdf:li>{escape(publisher)}</rdf:li></rdf:Bag></dc:publisher>",
        rights and of_language("rights", rights),
        identifier and f"<dc:identifier>{escape(identifier)}</dc:identifier>",
        f"<pdf:Producer>{escape(producer)}</pdf:Producer>",
        metadata.generator and f"<xmp:CreatorTool>{escape(metadata.generator)}</xmp:CreatorTool>",
        metadata.created and f"<xmp:CreateDate>{escape(metadata.created)}</xmp:CreateDate>",
    )
    return "\n".join(part for part in parts if part)


def _embed(pdf: Any, attachments: Sequence[Attachment], day: str) -> None:
    """Embed files associated with the document: a viewer lists them, and PDF/A-3 allows any kind."""
    import pydyf

    date = pydyf.String(f"D:{day[:10].replace('-', '')}000000Z")
    names, associated = pydyf.Array(), pydyf.Array()
    for item in sorted(attachments, key=lambda item: item.name):
        data = item.text.encode()
        digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
        parameters = pydyf.Dictionary(
            {"Size": len(data), "CreationDate": date, "ModDate": date, "CheckSum": f"<{digest}>"}
        )
        subtype = "/" + item.media_type.replace("/", "#2f").replace("+", "#2b")
        extra = {"Type": "/EmbeddedFile", "Subtype": subtype, "Params": parameters}
        stream = pydyf.Stream([data], extra, compress=True)
        pdf.add_object(stream)
        file = pydyf.Dictionary(
            {
                "Type": "/Filespec",
                "F": pydyf.String(item.name),
                "UF": pydyf.String(item.name),
                "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
                "Desc": pydyf.String(item.description),
                "AFRelationship": "/Data",
            }
        )
        pdf.add_object(file)
        names.extend((pydyf.String(item.name), file.reference))
        associated.append(file.reference)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = pydyf.Dictionary({"Names": names})
    pdf.catalog["AF"] = associated
