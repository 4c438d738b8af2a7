"""A fetched page as a WARC/1.1 file (ISO 28500), which any web archive can read, and back."""

import io
from datetime import UTC, datetime
from http.client import responses
from typing import IO

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from claims.sources._http import Page

# The body is kept decoded, so these no longer speak of it; kept under the name archives use.
_OF_THE_TRANSPORT = {"content-encoding", "content-length", "transfer-encoding"}


def packed(page: Page, *, at: datetime, software: str) -> bytes:
    """The answer as one response record, each record gzipped; before it what made the file, after it
    the address that led there where that is another."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="WARC/1.1")
    moment = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    about = writer.create_warcinfo_record(
        "", {"software": software, "format": "WARC File Format 1.1"}
    )
    about.rec_headers.replace_header("WARC-Date", moment)
    writer.write_record(about)
    response = writer.create_warc_record(
        page.final_url,
        "response",
        payload=io.BytesIO(page.body),
        http_headers=StatusAndHeaders(
            f"{page.status} {responses.get(page.status, '')}".strip(),
            _headers(page),
            protocol="HTTP/1.1",
        ),
        warc_headers_dict={"WARC-Date": moment},
    )
    writer.write_record(response)
    if page.final_url != page.url:
        metadata = writer.create_warc_record(
            page.final_url,
            "metadata",
            payload=io.BytesIO(f"via: {page.url}\r\n".encode()),
            warc_content_type="application/warc-fields",
            warc_headers_dict={
                "WARC-Date": moment,
                "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
            },
        )
        writer.write_record(metadata)
    return buffer.getvalue()


def body(file: IO[bytes]) -> bytes:
    """The page's own bytes out of a file that `packed` made. Raises ValueError where there are none."""
    for record in ArchiveIterator(file):
        if record.rec_type == "response":
            content: bytes = record.content_stream().read()
            return content
    raise ValueError("the WARC file holds no response")


def _headers(page: Page) -> list[tuple[str, str]]:
    kept = []
    for name, value in page.headers.items():
        if name.lower() in _OF_THE_TRANSPORT:
            name = f"X-Archive-Orig-{name}"
        kept.append((name, value))
    return [*kept, ("Content-Length", str(len(page.body)))]
