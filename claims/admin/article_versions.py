"""Looking at an article's page again, and what its newer version says otherwise."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin import article_changes
from claims.admin.article_page import back, find_article, posted
from claims.admin.claim_page import person
from claims.admin.site import page
from claims.models import Article
from claims.pipeline import intake
from claims.pipeline.intake import IntakeError


@posted
def look_again(request: HttpRequest, article_id: int) -> HttpResponse:
    """Fetches the page now. A changed one is a new article, and this leads to what has changed."""
    article = find_article(request, article_id)
    try:
        received = intake.look_again(article=article, actor=person(request))
    except IntakeError as error:
        messages.error(request, error.message)
        return back(request, article_id)
    except PermissionDenied as error:
        messages.error(request, str(error))
        return back(request, article_id)
    if received.is_new_article:
        messages.success(
            request,
            _("The page has changed. Its newer version is in and is being split into claims."),
        )
        return redirect("admin:article-changes", received.article.pk)
    if received.article != article:
        messages.info(request, _("The page shows a text that is on the desk already: this one."))
        return redirect("admin:article", received.article.pk)
    messages.info(request, _("The page still says the same."))
    return back(request, article_id)


@require_safe
def changes(request: HttpRequest, article_id: int) -> HttpResponse:
    article = find_article(request, article_id)
    if article.supersedes is None:
        raise Http404(_("This article has no older version."))
    return page(
        request,
        "desk/article_changes.html",
        section="articles",
        title=_("What has changed"),
        article=article,
        old=article.supersedes,
        busy=article.split_state in (Article.Split.WAITING, Article.Split.RUNNING),
        changes=article_changes.between(article.supersedes, article),
    )
