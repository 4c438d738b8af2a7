"""PDFs written by hand, for tests: small, whole, and of our own words."""

import zlib


def pdf(*pages: str, title: str = "", scanned: bool = False) -> bytes:
    """One page for each text, a line of it for each line; `scanned`: a page without words."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",  # The pages, once their numbers are known.
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for page in pages:
        lines = [] if scanned else page.split("\n")
        words = b"".join(b"(" + _escaped(line) + b") Tj T*\n" for line in lines)
        objects.append(_stream(b"BT /F1 12 Tf 14 TL 50 750 Td\n" + words + b"ET"))
        content = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % content
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    objects.append(b"<< /Title (" + _escaped(title) + b") >>")
    return written(objects, b"/Info %d 0 R" % len(objects))


def locked() -> bytes:
    """As `pdf`, behind a password that nobody here knows."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 0 /Kids [] >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >>" % (b"5a" * 32, b"a5" * 32),
    ]
    return written(objects, b"/Encrypt 3 0 R /ID [<00> <00>]")


def endless(megabytes: int) -> bytes:
    """A page whose content is small as it comes and takes very long to read."""
    packer = zlib.compressobj(9)
    words = b"BT /F1 9 Tf (a) Tj ET " * 80_000
    packed = b"".join(packer.compress(words) for _each in range(megabytes)) + packer.flush()
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
            (
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 3 0 R "
                b"/Resources << /Font << /F1 5 0 R >> >> >>"
            ),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
    )


def written(objects: list[bytes], trailer: bytes = b"") -> bytes:
    body = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    return bytes(body + b"startxref\n%d\n%%%%EOF\n" % table)


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _escaped(text: str) -> bytes:
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return escaped.encode("latin-1")
