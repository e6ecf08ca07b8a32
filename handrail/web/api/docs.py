"""GET /api/docs: the reference, written from the schema itself, without a script or another server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from handrail.web.brands import site_asked
from handrail.web.policy import public
from handrail.workspace.locales import LOCALES


@dataclass(frozen=True)
class Operation:
    """One call. fields: (name, type, is required, description); answers: status -> name of the schema."""

    method: str
    path: str
    title: str
    text: str
    fields: list[tuple[str, str, bool, str]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)


@public
def page(request: HttpRequest) -> HttpResponse:
    """In the language asked for by ?locale=, else English; the reference itself is English."""
    from handrail.web.api.urls import api

    locale = request.GET.get("locale", "en")
    locale = locale if locale in LOCALES else "en"
    schema = json.loads(json.dumps(api.get_openapi_schema()))
    context = {
        "locale": locale,
        "surface": "portal",
        "hue": request.brand.hue,  # type: ignore[attr-defined]
        "operations": list(operations(schema)),
        "shapes": list(shapes(schema)),
        "base": site_asked(request),
        "schema_url": reverse("api:openapi-json"),
        "home_url": f"/hc/{locale}",
    }
    with translation.override(locale):
        return HttpResponse(render_to_string("api/docs.html", context, request=request))


def operations(schema: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in schema["paths"].items():
        for method, said in methods.items():
            fields = [
                (
                    given["name"],
                    type_of(given["schema"]),
                    given.get("required", False),
                    given["schema"].get("description", ""),
                )
                for given in said.get("parameters", [])
            ]
            answers = {str(status): _name(each) for status, each in said["responses"].items()}
            yield Operation(
                method.upper(), path, said.get("summary", ""), said.get("description", ""), fields, answers
            )


def shapes(schema: dict[str, Any]) -> Iterator[tuple[str, str, list[tuple[str, str, bool, str]]]]:
    """(name, description, fields) of every shape that is answered."""
    for name, said in schema["components"]["schemas"].items():
        required = said.get("required", [])
        fields = [
            (key, type_of(each), key in required, each.get("description", ""))
            for key, each in said.get("properties", {}).items()
        ]
        yield name, said.get("description", ""), fields


def type_of(said: dict[str, Any]) -> str:
    """A type in a few words: "answer" | "choices", [Choice], integer or null."""
    if "$ref" in said:
        return str(said["$ref"]).rsplit("/", 1)[-1]
    if "enum" in said:
        return " | ".join(json.dumps(value) for value in said["enum"])
    if "anyOf" in said:
        return " or ".join(type_of(each) for each in said["anyOf"])
    if said.get("type") == "array":
        return f"[{type_of(said['items'])}]"
    return str(said.get("type", "any"))


def _name(answer: dict[str, Any]) -> str:
    content = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return type_of(content) if content else ""
