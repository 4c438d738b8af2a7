"""Reads one PDF from the standard input, as a program of its own with limits of its own: `_pdf` starts it.

Writes JSON: {"title", "pages", "cut"}, or {"error": "encrypted" | "damaged"}. A limit that is reached
ends the process.
"""

import io
import json
import resource
import sys

from pypdf import PdfReader


def _tell(body: bytes, most_pages: int, left: int) -> dict[str, object]:
    """`left`: characters that may be read."""
    try:
        reader = PdfReader(io.BytesIO(body))
        # Many are locked against changes alone, with an empty password for reading.
        if reader.is_encrypted and not reader.decrypt(""):
            return {"error": "encrypted"}
        pages: list[str] = []
        for number, page in enumerate(reader.pages):
            if number == most_pages or left <= 0:
                return {"title": _title(reader), "pages": pages, "cut": True}
            words = _plain(page.extract_text())[:left]
            left -= len(words)
            pages.append(words)
        return {"title": _title(reader), "pages": pages, "cut": False}
    except MemoryError:
        raise
    except Exception:
        # A library that meets a hostile file also fails in ways that have no name.
        return {"error": "damaged"}


def _title(reader: PdfReader) -> str:
    title = reader.metadata.title if reader.metadata else ""
    return _plain(title or "").strip()[:500]


def _plain(text: str) -> str:
    """Without what no database keeps: NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def _main(seconds: int, memory: int, most_pages: int, most_characters: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer = _tell(sys.stdin.buffer.read(), most_pages, most_characters)
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _main(*(int(each) for each in sys.argv[1:5]))
