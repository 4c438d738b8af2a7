"""The form that brings articles in: a text, the address it stands at, or files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims.admin.site import page
from claims.admin.text_areas import TextArea
from claims.models import Article, Language, Outlet
from claims.pipeline import intake
from claims.pipeline.intake import IntakeError, Received

# What a browser offers while an outlet's name is being typed.
SUGGESTED = 200
# In one request, which reads them one after the other.
MOST_FILES = 10


class ExactText(forms.CharField):
    """Text as it was sent. What is wrong with it is the intake stage's to say, which says more."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)
        self.validators.clear()


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; an empty one among them is the intake stage's to refuse."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [file for file in given if file]


@dataclass(frozen=True)
class Outcome:
    """What became of one file; `trouble`: why nothing of it was taken in."""

    name: str
    received: Received | None = None
    trouble: str = ""


class IntakeForm(forms.Form):
    text = ExactText(
        label=gettext_lazy("Text"),
        required=False,
        widget=TextArea(attrs={"class": "in txt", "rows": 10, "dir": "auto"}),
        help_text=gettext_lazy("It is kept exactly as you paste it, with its headline first."),
    )
    url = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        widget=forms.TextInput(
            attrs={"class": "in", "dir": "ltr", "inputmode": "url", "placeholder": "https://"}
        ),
        help_text=gettext_lazy("Without a text, the page is fetched from here."),
    )
    uploads = FilesField(
        label=gettext_lazy("Files"),
        required=False,
        widget=Files(
            attrs={
                "class": "in",
                "accept": ".txt,.md,.htm,.html,.xhtml,.pdf,text/plain,text/html,application/pdf",
            }
        ),
        help_text=gettext_lazy(
            "Texts, saved web pages or PDFs, each an article of its own; what is said beside is "
            "said of all of them."
        ),
    )
    published_on = forms.DateField(
        label=gettext_lazy("Published on"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "in", "type": "date"}),
        help_text=gettext_lazy(
            "“Next August” is read from this day. Empty: the day the page itself names."
        ),
        error_messages={"invalid": gettext_lazy("This is no day. Write it as 2024-07-26.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("as detected")), *Language.choices],
        widget=forms.Select(attrs={"class": "in"}),
    )
    outlet = forms.CharField(
        label=gettext_lazy("Outlet"),
        required=False,
        widget=forms.TextInput(attrs={"class": "in", "list": "outlets", "dir": "auto"}),
        help_text=gettext_lazy("Who printed it. A new name makes a new outlet."),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        widget=forms.TextInput(attrs={"class": "in txt", "dir": "auto"}),
        help_text=gettext_lazy("Empty: the first line, or the page's own title."),
    )
    confidential = forms.BooleanField(
        label=gettext_lazy("Confidential"),
        required=False,
        help_text=gettext_lazy("Nothing of it is ever sent to an outside source."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        files = given.get("uploads", [])
        if files:
            self._clean_files(given, files)
        elif not given.get("text", "").strip() and not given.get("url", "").strip():
            self.add_error(
                "text", _("There is neither a text nor an address. Paste one, or give the other.")
            )
        elif given.get("text") and not given.get("published_on") and "published_on" in given:
            self.add_error("published_on", _("Give the day on which the article was published."))
        return given

    def _clean_files(self, given: dict[str, Any], files: list[UploadedFile[Any]]) -> None:
        if given.get("text", "").strip():
            self.add_error(
                "uploads",
                _("There are a text and files. Bring the text in first, then choose the files."),
            )
        if len(files) > MOST_FILES:
            self.add_error(
                "uploads",
                _("These are %(count)d files; at most %(limit)d are taken in at once.")
                % {"count": len(files), "limit": MOST_FILES},
            )
        if len(files) > 1:
            for name in ("url", "title"):
                if given.get(name, "").strip():
                    self.add_error(name, _("This cannot be said of several files. Leave it empty."))


@require_http_methods(["GET", "HEAD", "POST"])
def intake_page(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)  # the site lets nobody else in
    form = IntakeForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    outcomes: list[Outcome] = []
    if form.is_bound and form.is_valid() and form.cleaned_data["uploads"]:
        outcomes = list(_receive_files(form.cleaned_data, request.user))
        only = outcomes[0].received if len(outcomes) == 1 else None
        if only is not None:
            _say(request, only)
            return redirect("admin:article", only.article.pk)
    elif form.is_bound and form.is_valid():
        try:
            received = _receive(form.cleaned_data, request.user)
        except IntakeError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        except PermissionDenied as error:
            form.add_error(None, str(error))
        else:
            _say(request, received)
            return redirect("admin:article", received.article.pk)
    wrong = [name for name in form.fields if name in form.errors] if form.is_bound else []
    for name in wrong:
        form.fields[name].widget.attrs |= {
            "aria-invalid": "true",
            "aria-describedby": f"id_{name}_error",
        }
    if not outcomes:
        # Who comes here pastes; who was refused mends.
        form.fields[next(iter(wrong), "text")].widget.attrs["autofocus"] = True
    response = page(
        request,
        "desk/intake.html",
        section="articles",
        title=_("New article"),
        form=form,
        outcomes=outcomes,
        taken_in=sum(outcome.received is not None for outcome in outcomes),
        outlets=Outlet.objects.order_by("name").values_list("name", flat=True)[:SUGGESTED],
        today=timezone.localdate(),
    )
    done = bool(outcomes) and all(outcome.received for outcome in outcomes)
    response.status_code = 422 if form.is_bound and not done else 200
    return response


def _receive(given: dict[str, Any], person: User) -> Received:
    about = {name: given[name] for name in ("language", "outlet", "title", "confidential")}
    if given["text"].strip():
        return intake.receive(
            text=given["text"],
            published_on=given["published_on"],
            url=given["url"],
            channel=Article.Channel.PASTE,
            received_by=person,
            **about,
        )
    return intake.receive_url(
        url=given["url"], published_on=given["published_on"], received_by=person, **about
    )


def _receive_files(given: dict[str, Any], person: User) -> Iterable[Outcome]:
    """One after the other; one that is refused does not hold the others back."""
    about = {
        name: given[name]
        for name in ("published_on", "language", "outlet", "url", "title", "confidential")
    }
    for file in given["uploads"]:
        name = str(file.name)
        try:
            intake.check_size(file.size or 0)
            received = intake.receive_file(data=file.read(), received_by=person, **about)
        except (IntakeError, PermissionDenied) as error:
            yield Outcome(name, trouble=getattr(error, "message", "") or str(error))
        else:
            yield Outcome(name, received)


def _say(request: HttpRequest, received: Received) -> None:
    if received.is_new_article:
        messages.success(request, _("The article is in, exactly as it came."))
    elif received.is_new_appearance:
        messages.info(
            request,
            _("This text was here already. Where it was seen now has been added to it."),
        )
    else:
        messages.info(request, _("This text was here already, seen at the same place and day."))
