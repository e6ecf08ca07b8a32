"""Addresses of what makes the help centre more than articles. Permission stands beside the path."""

from __future__ import annotations

from django.urls import path

from handrail.web.console import (
    brand_away,
    brand_host,
    brand_page,
    brands,
    faq,
    keywords,
    mail_templates,
    portal,
    tree_editor,
    troubleshooters,
)
from handrail.web.console.frame import at_console

urlpatterns = [
    path("keywords", at_console("knowledge.publish")(keywords.page), name="keywords"),
    path("keywords/<int:pk>/untie", at_console("knowledge.publish")(keywords.untie), name="keywords-untie"),
    path("faq", at_console("knowledge.write")(faq.sets), name="faq"),
    path("faq/new", at_console("knowledge.write")(faq.new), name="faq-new"),
    path("faq/<int:pk>", at_console("knowledge.write")(faq.page), name="faq-set"),
    path("faq/<int:pk>/move", at_console("knowledge.write")(faq.move), name="faq-move"),
    path("faq/<int:pk>/remove", at_console("knowledge.write")(faq.remove), name="faq-remove"),
    path("portal", at_console("portal.write")(portal.page), name="portal"),
    path("portal/preview", at_console("portal.write")(portal.preview), name="portal-preview"),
    path(
        "portal/versions/<int:version>/restore",
        at_console("portal.write")(portal.restore),
        name="portal-restore",
    ),
    path("brands", at_console("brands.write")(brands.page), name="brands"),
    path("brands/<int:brand>", at_console("brands.write")(brand_page.one), name="brand"),
    path("brands/<int:brand>/names", at_console("brands.write")(brand_page.rename), name="brand-names"),
    path("brands/<int:brand>/host", at_console("brands.write")(brand_host.keep), name="brand-host"),
    path("brands/<int:brand>/away", at_console("brands.write")(brand_away.put_away), name="brand-away"),
    path("brands/<int:brand>/back", at_console("brands.write")(brand_away.bring_back), name="brand-back"),
    path("brands/<int:brand>/mail", at_console("brands.write")(mail_templates.page), name="mail-templates"),
    path(
        "brands/<int:brand>/mail/<locale:locale>",
        at_console("brands.write")(mail_templates.keep),
        name="mail-template",
    ),
    path(
        "brands/<int:brand>/mail/<locale:locale>/sample",
        at_console("brands.write")(mail_templates.sample_html),
        name="mail-sample",
    ),
    path("brands/<int:brand>/look", at_console("portal.write")(portal.page), name="brand-look"),
    path(
        "brands/<int:brand>/look/versions/<int:version>/restore",
        at_console("portal.write")(portal.restore),
        name="brand-look-restore",
    ),
    path("troubleshooters", at_console("knowledge.write")(troubleshooters.page), name="troubleshooters"),
    path("troubleshooters/<int:pk>", at_console("knowledge.write")(tree_editor.page), name="troubleshooter"),
    path(
        "troubleshooters/<int:pk>/withdraw",
        at_console("knowledge.publish")(troubleshooters.withdraw),
        name="troubleshooter-withdraw",
    ),
    path(
        "troubleshooters/<int:pk>/versions/<int:version>/restore",
        at_console("knowledge.write")(troubleshooters.restore),
        name="troubleshooter-restore",
    ),
]
