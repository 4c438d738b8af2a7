"""A public page as it is read: parsed, and in words."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client


def soup(client: Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200, response.content
    return BeautifulSoup(response.content, "html.parser")


def words(tag: Any) -> str:
    assert isinstance(tag, Tag)
    return " ".join(tag.get_text().split())
