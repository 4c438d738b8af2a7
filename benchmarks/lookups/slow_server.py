"""A Wikipedia of one answer, given after SECONDS; counts what came, and the most at one time.

    python -m benchmarks.lookups.slow_server PORT SECONDS

`GET /counted` gives {"requests", "most"} and starts anew.
"""

from __future__ import annotations

import asyncio
import json
import sys

ANSWER = json.dumps(
    {
        "batchcomplete": True,
        "query": {
            "searchinfo": {"totalhits": 1},
            "search": [
                {
                    "ns": 0,
                    "title": "Sandhaven",
                    "pageid": 1,
                    "size": 60,
                    "wordcount": 9,
                    "snippet": 'The <span class="searchmatch">harbour</span> of Sandhaven.',
                    "timestamp": "2024-06-30T12:00:00Z",
                }
            ],
        },
    }
).encode()


class Counter:
    requests = 0
    open = 0
    most = 0


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        if head.startswith(b"GET /counted"):
            body = json.dumps({"requests": Counter.requests, "most": Counter.most}).encode()
            Counter.requests = Counter.most = 0
        else:
            Counter.requests += 1
            Counter.open += 1
            Counter.most = max(Counter.most, Counter.open)
            await asyncio.sleep(float(sys.argv[2]))
            Counter.open -= 1
            body = ANSWER
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
            b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
        )
        await writer.drain()
    finally:
        writer.close()


async def main() -> None:
    server = await asyncio.start_server(answer, "127.0.0.1", int(sys.argv[1]), backlog=1024)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
