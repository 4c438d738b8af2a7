"""POST /api/v1/articles/ brings an article in; GET …/<id>/ tells how far its splitting is."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotFound, ParseError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.authentication import MayBringIn, TokenAuthentication
from claims.api.errors import problem
from claims.models import ApiToken, Article
from claims.models.addresses import absolute
from claims.pipeline import intake

# A million characters take at most twelve bytes each, as a pair of \u escapes; real texts take two.
MAX_BODY = 8_000_000

_STATUS = {"too_large": 413, "site_unavailable": 502}


class TooLarge(APIException):
    status_code = 413


class LengthRequired(APIException):
    status_code = 411
    default_detail = "Send the request with its Content-Length, not in chunks."


class SubmissionParser(JSONParser):
    """JSON whose size is known before it is read and whose depth does no harm."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        length = int(parser_context["request"].META.get("CONTENT_LENGTH") or 0)
        if length > MAX_BODY:
            raise TooLarge(
                f"The request is {length} bytes long; at most {MAX_BODY} are read. An article has "
                f"at most {intake.MAX_CHARACTERS} characters: cut it, or bring it in in parts."
            )
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError("The JSON is nested too deeply. Send one flat object.") from error


class Text(serializers.Field[str, Any, str, Any]):
    """A JSON string, exactly as it is: nothing stripped, no number made into one."""

    default_error_messages = {"invalid": "This must be a string."}

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return data


class Submission(serializers.Serializer[Any]):
    text = Text(required=False)
    url = Text(required=False)
    published_on = serializers.DateField(required=False)
    language = Text(required=False)
    outlet = Text(required=False)
    title = Text(required=False)
    confidential = serializers.BooleanField(required=False)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, dict) and (unknown := sorted(set(data) - set(self.fields))):
            known = ", ".join(self.fields)
            # They go back into an answer: not too many, not too long, and encodable.
            named = [name[:60].encode("utf-8", "replace").decode() for name in unknown[:10]]
            raise serializers.ValidationError(
                {name: [f"There is no such field. Known: {known}."] for name in named}
            )
        return dict(super().to_internal_value(data))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "text" not in attrs and "url" not in attrs:
            raise serializers.ValidationError(
                {"text": "Give the text, or the url of a page to fetch it from."}
            )
        if "text" in attrs and "published_on" not in attrs:
            raise serializers.ValidationError(
                {"published_on": "A text does not say when it was published. Give YYYY-MM-DD."}
            )
        return attrs


class Machine(APIView):
    authentication_classes = (TokenAuthentication,)
    permission_classes = (MayBringIn,)
    parser_classes = (SubmissionParser,)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # The API speaks English, as its field names do.
        with translation.override("en"):
            response = super().dispatch(request, *args, **kwargs)
        response.headers["Content-Language"] = "en"
        response.headers["Cache-Control"] = "no-store"
        return response


class ArticleList(Machine):
    """201 for a new article, 200 for a text that is here already; sending twice does no harm."""

    def post(self, request: Request) -> Response:
        assert isinstance(request.auth, ApiToken)
        assert isinstance(request.user, User)
        # WSGI reads nothing of a body that does not say how long it is.
        if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
            raise LengthRequired
        submission = Submission(data=request.data)
        submission.is_valid(raise_exception=True)
        try:
            received = _bring_in(submission.validated_data, request.user, request.auth)
        except intake.IntakeError as error:
            return problem(
                _STATUS.get(error.code, 422), error.message, code=error.code, field=error.field
            )
        document = _document(received.article) | {
            "new_article": received.is_new_article,
            "new_appearance": received.is_new_appearance,
        }
        return Response(
            document,
            status=201 if received.is_new_article else 200,
            headers={"Location": document["url"]},
        )


class ArticleDetail(Machine):
    """For polling; only what this very token has brought in, all else is as if it were not here."""

    def get(self, request: Request, number: int) -> Response:
        assert isinstance(request.auth, ApiToken)
        article = Article.objects.filter(pk=number).first() if number < 2**63 else None
        if article is None or not intake.brought_in(article, request.auth):
            raise NotFound("This token has brought in no such article.")
        return Response(_document(article))


def _bring_in(data: dict[str, Any], owner: User, token: ApiToken) -> intake.Received:
    if "text" in data:
        return intake.receive(channel=Article.Channel.API, received_by=owner, token=token, **data)
    return intake.receive_url(received_by=owner, token=token, **data)


def _document(article: Article) -> dict[str, Any]:
    return {
        "id": article.pk,
        "url": absolute(reverse("api-article", args=[article.pk])),
        "sha256": article.sha256,
        "language": article.language,
        "confidential": article.confidential,
        "state": article.split_state,
        "claims": article.claims.count(),
    }
