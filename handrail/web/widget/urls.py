"""Addresses other sites load from. All of them are public, and the same for everybody."""

from __future__ import annotations

from django.urls import path

from handrail.web.edge import cacheable
from handrail.web.policy import public
from handrail.web.widget import example, faq

app_name = "widget"
urlpatterns = [
    path("faq/<int:id>.js", public(cacheable(faq.script)), name="faq-script"),
    path("faq/<int:id>.json", public(cacheable(faq.data)), name="faq-data"),
    path("faq/<int:id>/helped/<int:article>", public(faq.helped), name="faq-helped"),
    path("faq/<int:id>/example", public(example.page), name="faq-example"),
]
