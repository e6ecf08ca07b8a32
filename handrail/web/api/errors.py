"""Errors in the shape help-desk clients know: {"error": code, "description": sentence, "details": {field: [...]}}."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from handrail.core.inserting import TAKES_NO_WRITES

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]
CODES = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "RecordNotFound",
    405: "MethodNotAllowed",
    429: "TooManyRequests",
    503: "DatabaseUnavailable",
}
AGAIN_SECONDS = 120


class Detail(Schema):
    error: str = Field(description="A code, such as missing or int_parsing.")
    description: str = Field(description="What is wrong with the field, in English.")


class Error(Schema):
    """What every refused request answers."""

    error: str = Field(
        description="A code that does not change: RecordInvalid, Unauthorized, TooManyRequests, …"
    )
    description: str = Field(description="A sentence for the one who reads the log.")
    details: dict[str, list[Detail]] = Field(
        default_factory=dict, description="What is wrong, field by field."
    )


class TooMany(Exception):
    """The caller asked more often than allowed. `headers` go on the answer."""

    def __init__(self, headers: dict[str, str]) -> None:
        super().__init__("Too many requests. Wait for the seconds named in Retry-After.")
        self.headers = headers


def handle(api: NinjaAPI) -> None:
    """Let every exception of this API answer in this shape."""
    for problem, told_of in REFUSALS.items():
        api.add_exception_handler(problem, partial(told_of, api))


def _invalid(api: NinjaAPI, request: HttpRequest, problem: ValidationError) -> HttpResponse:
    details: dict[str, list[dict[str, str]]] = {}
    for each in problem.errors:
        field = str(each["loc"][-1]) if each.get("loc") else "request"
        details.setdefault(field, []).append({"error": each["type"], "description": each["msg"]})
    sentence = "Some fields are missing or not as they should be."
    return told(api, request, 422, "RecordInvalid", sentence, details=details)


def _refused(api: NinjaAPI, request: HttpRequest, problem: HttpError) -> HttpResponse:
    code = CODES.get(problem.status_code, "BadRequest")
    return told(api, request, problem.status_code, code, str(problem))


def _unknown(api: NinjaAPI, request: HttpRequest, _problem: Http404) -> HttpResponse:
    return told(api, request, 404, "RecordNotFound", "There is nothing here for you.")


def _unauthorised(api: NinjaAPI, request: HttpRequest, _problem: AuthenticationError) -> HttpResponse:
    sentence = "The token is not known, has expired or was taken back."
    answer = told(api, request, 401, "Unauthorized", sentence)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _too_many(api: NinjaAPI, request: HttpRequest, problem: TooMany) -> HttpResponse:
    answer = told(api, request, 429, "TooManyRequests", str(problem))
    for name, value in problem.headers.items():
        answer[name] = value
    return answer


def _nothing_kept(api: NinjaAPI, request: HttpRequest, problem: Exception) -> HttpResponse:
    logger.error("a request could not be kept", exc_info=problem)
    sentence = "Nothing can be kept just now. Send it again in a few minutes."
    answer = told(api, request, 503, CODES[503], sentence)
    answer["Retry-After"] = str(AGAIN_SECONDS)
    return answer


REFUSALS: dict[type[Exception], Callable[..., HttpResponse]] = {
    **dict.fromkeys(TAKES_NO_WRITES, _nothing_kept),
    ValidationError: _invalid,
    HttpError: _refused,
    Http404: _unknown,
    AuthenticationError: _unauthorised,
    TooMany: _too_many,
}


def asked(api: NinjaAPI, view: View) -> View:
    """HEAD wherever GET is, as HTTP has it, and in our own shape what else an address does not take."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        method = request.method
        # The server leaves the body out.
        request.method = "GET" if method == "HEAD" else method
        try:
            answer = view(request, *args, **kwargs)
        finally:
            request.method = method
        if answer.status_code != 405:
            return answer
        refused = told(api, request, 405, CODES[405], f"{method} is not taken here.")
        refused["Allow"] = answer.get("Allow", "GET").replace("GET", "GET, HEAD")
        return refused

    return answered


@csrf_exempt
def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """Every other address below /api/, whatever is asked of it."""
    body = {
        "error": "InvalidEndpoint",
        "description": "There is no such address; see /api/docs.",
        "details": {},
    }
    return JsonResponse(body, status=404)


def told(
    api: NinjaAPI,
    request: HttpRequest,
    status: int,
    error: str,
    description: str,
    *,
    details: dict[str, Any] | None = None,
) -> HttpResponse:
    body = {"error": error, "description": description, "details": details or {}}
    return api.create_response(request, body, status=status)
