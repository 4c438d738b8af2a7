"""The one guarded door to the network. Nothing else in the product opens a connection outwards.

    door = Door(allow=frozenset({"127.0.0.1:8888"}))
    page = door.get("https://paper.example/article")            # never uses `allow`
    page = door.for_source("http://127.0.0.1:8888/").get(...)   # may, for that very base URL

`addresses` knows which addresses are public, `connection` resolves, vets and dials, `decoding`
unpacks bodies under a cap, `door` follows redirects and checks every hop.
"""

from claims.sources._http.connection import Dialer, Resolver
from claims.sources._http.door import Door, Page, Sent, SourceDoor
from claims.sources._http.errors import FetchError, FetchFailed, FetchRefused

__all__ = [
    "Dialer",
    "Door",
    "FetchError",
    "FetchFailed",
    "FetchRefused",
    "Page",
    "Resolver",
    "Sent",
    "SourceDoor",
]
