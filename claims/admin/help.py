"""Help on each screen: a short text beside what is open, and all of them on one page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from claims.admin.site import page

# In the order of a claim's way; templates/desk/help has the words.
TOPICS: dict[str, Promise] = {
    "today": gettext_lazy("Today"),
    "intake": gettext_lazy("Bringing an article in"),
    "article": gettext_lazy("The article and its claims"),
    "queue": gettext_lazy("The queue"),
    "claim": gettext_lazy("One claim"),
    "talk": gettext_lazy("Comments, requests, experts, history"),
    "match": gettext_lazy("Seen before?"),
    "review": gettext_lazy("Reviewing"),
    "publishing": gettext_lazy("Publishing, correcting, retracting"),
    "translation": gettext_lazy("Translating a verdict"),
    "complaints": gettext_lazy("Complaints"),
    "sources": gettext_lazy("Sources and feeds"),
    "figures": gettext_lazy("The desk's figures"),
    "names": gettext_lazy("Outlets and claimants"),
    "rules": gettext_lazy("Rules"),
    "account": gettext_lazy("Your settings, your news, your sign-in"),
    "people": gettext_lazy("People and roles"),
    "machines": gettext_lazy("Webhooks and tokens"),
    "records": gettext_lazy("History and records"),
    "administration": gettext_lazy("Administration"),
}


@require_safe
def help_page(request: HttpRequest, topic: str = "") -> HttpResponse:
    """One topic, or all of them one after the other."""
    if topic and topic not in TOPICS:
        raise Http404
    shown = {topic: TOPICS[topic]} if topic else TOPICS
    if topic and HtmxDetails(request):
        words = {"title": TOPICS[topic], "words": f"desk/help/{topic}.html"}
        return TemplateResponse(request, "desk/parts/help_box.html", words)
    return page(
        request,
        "desk/help.html",
        section="help",
        title=_("Help") if not topic else TOPICS[topic],
        shown=[(name, title, f"desk/help/{name}.html") for name, title in shown.items()],
        topics=TOPICS.items(),
        topic=topic,
    )
