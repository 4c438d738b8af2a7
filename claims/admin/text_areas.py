"""Text areas give back what was typed in them.

A browser sends every line break as CR LF, however it was typed or pasted (WHATWG, form control
infrastructure). Kept like that, the same words would have another hash than from anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict


class TextArea(forms.Textarea):
    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> Any:
        return typed(data, name) if name in data else None


def typed(data: Mapping[str, Any], name: str) -> str:
    return str(data.get(name, "")).replace("\r\n", "\n")
