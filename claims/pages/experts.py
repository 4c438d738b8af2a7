"""The page that an outside expert is given: one claim, read-only, with room for one comment.

The secret in its address is the whole right to it, so no cookie is asked or set and no form of
another site could send anything in somebody's name. An address that was never given, one that has
ended and one that was revoked are answered alike, to the byte.
"""

from __future__ import annotations

import redis
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from rest_framework.throttling import SimpleRateThrottle

from claims.languages import direction
from claims.models import ExpertLink
from claims.pages.about import missing
from claims.pages.addresses import NAMES
from claims.pages.rendering import POLICY, page
from claims.pipeline import _traffic as traffic
from claims.pipeline import discussing
from claims.pipeline.signing_in.throttling import place
from claims.workflow import IllegalMove, StaleState

# More characters than any comment: a body beyond it is not read.
MOST_BYTES = 200_000


# So many requests a minute from one place, whatever they ask for.
PER_MINUTE = 60


class _Visits(SimpleRateThrottle):
    """What this process has answered: asked while nothing is shared with the others."""

    scope = "expert"
    rate = f"{PER_MINUTE}/min"

    def get_cache_key(self, request: HttpRequest, view: object) -> str:
        return f"expert:{_place(request)}"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def expert(request: HttpRequest, secret: str) -> HttpResponse:
    return _closed(_answer(request, secret))


def _answer(request: HttpRequest, secret: str) -> HttpResponse:
    if wait := _wait(request):
        response = HttpResponse("Too many requests. Try again in a minute.\n", status=429)
        response["Content-Type"] = "text/plain; charset=utf-8"
        response["Retry-After"] = str(wait)
        return response
    link = discussing.look_up(secret)
    if link is None:
        return missing()
    language = request.GET.get("language", link.claim.language)
    if language not in NAMES:
        language = link.claim.language
    if request.method == "POST":
        return _write(request, link, secret, language)
    if request.method == "GET":
        discussing.opened(link=link)
    return _render(link, secret, language)


def _wait(request: HttpRequest) -> int:
    """Seconds until this visitor is answered again; 0 where they are now. All processes count
    together, and each for itself while Redis is away."""
    try:
        return traffic.visit(f"expert:{_place(request)}", PER_MINUTE)
    except redis.RedisError:
        throttle = _Visits()
        allowed = throttle.allow_request(request, None)  # type: ignore[arg-type]
        return 0 if allowed else int(throttle.wait() or 60) + 1


def _place(request: HttpRequest) -> str:
    # What a proxy that is not ours forwards is anybody's word: factcheck/wsgi.py has put the
    # visitor's address here where a trusted one stands before us.
    return place(request.META.get("REMOTE_ADDR", ""))


def _write(request: HttpRequest, link: ExpertLink, secret: str, language: str) -> HttpResponse:
    size = request.META.get("CONTENT_LENGTH") or "0"
    text = request.POST.get("text", "") if size.isdigit() and int(size) <= MOST_BYTES else ""
    text = text.replace("\r\n", "\n")
    with override(language):
        try:
            discussing.expert_comment(link=link, text=text)
        except StaleState as error:
            return _render(link, secret, language, typed=text, refused=str(error), status=409)
        except IllegalMove as error:
            return _render(link, secret, language, typed=text, refused=str(error), status=422)
    response = HttpResponse(status=303)
    response["Location"] = f"{reverse('expert', args=[secret])}?language={language}#sent"
    return response


def _render(
    link: ExpertLink,
    secret: str,
    language: str,
    *,
    typed: str = "",
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    if discussing.look_up(secret) is None:
        return missing()  # it ended this moment
    shared = discussing.what_is_shared(link)
    with override(language):
        title = _("A claim being checked")
    return page(
        "expert",
        {
            "title": title,
            "shared": shared,
            "claim_direction": direction(shared.language),
            "evidence": [
                (number, piece, direction(piece.quote_language or shared.language))
                for number, piece in shared.evidence
            ],
            "paragraphs": [line for line in shared.explanation.splitlines() if line.strip()],
            "here": reverse("expert", args=[secret]),
            "typed": typed,
            "refused": refused,
            "switch": [(code, label) for code, label in NAMES.items() if code != language],
        },
        language=language,
        name="",
        status=status,
    )


def _closed(response: HttpResponse) -> HttpResponse:
    """Kept by no cache, found by no search engine, and its address told to no other site."""
    response._csp_replace = {**POLICY, "form-action": ["'self'"]}  # type: ignore[attr-defined]
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
