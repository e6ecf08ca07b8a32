"""A page as another company's might be, with a FAQ set on it: strict policy, odd style, nothing of ours but the one line."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from handrail.web.brands import site_asked
from handrail.web.ui.assets import static
from handrail.web.widget.faq import found
from handrail.web.widget.pieces import whole

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"


@require_safe
def page(request: HttpRequest, id: int) -> HttpResponse:
    """GET /faq/<id>/example?lang=en"""
    faq = found(id)
    locale = "en" if request.GET.get("lang") == "en" else "ko"
    context = {
        "locale": locale,
        "script": whole(f"/faq/{faq.pk}.js", site_asked(request)),
        "sheet": static("widget.css"),
        "name": faq.name(locale),
    }
    response = HttpResponse(render_to_string("widget/example.html", context, request=request))
    response["Content-Security-Policy"] = POLICY
    response["X-Robots-Tag"] = "noindex"
    return response
