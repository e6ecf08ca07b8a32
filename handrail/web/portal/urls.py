"""The help centre's addresses. Permission stands beside the path."""

from __future__ import annotations

from django.urls import path, re_path
from django.views.generic import RedirectView

from handrail.web.policy import public
from handrail.web.portal import (
    articles,
    faq,
    feedback,
    feeds,
    home,
    plain,
    products,
    rail,
    reads,
    sitemap,
    talk_urls,
    topics,
    wellknown,
)

app_name = "portal"
urlpatterns = [
    path("", public(home.front_door), name="front-door"),
    path("hc/<locale:locale>", public(home.page), name="home"),
    path("hc/<locale:locale>/", public(RedirectView.as_view(pattern_name="portal:home", permanent=True))),
    path("hc/<locale:locale>/products/<int:id>-<str:slug>", public(products.page), name="product"),
    path("hc/<locale:locale>/products/<int:id>", public(products.page)),
    path("hc/<locale:locale>/sections/<int:id>-<str:slug>", public(topics.page), name="topic"),
    path("hc/<locale:locale>/sections/<int:id>", public(topics.page)),
    path("hc/<locale:locale>/articles/<int:id>/feedback", public(feedback.page), name="feedback"),
    path("hc/<locale:locale>/articles/<int:id>/reads", public(reads.count), name="reads"),
    path("hc/<locale:locale>/articles/<int:id>-<str:slug>.md", public(plain.article), name="article-text"),
    path("hc/<locale:locale>/articles/<int:id>-<str:slug>", public(articles.page), name="article"),
    path("hc/<locale:locale>/articles/<int:id>", public(articles.page)),
    path("hc/<locale:locale>/faq/<int:id>-<str:slug>", public(faq.page), name="faq"),
    path("hc/<locale:locale>/faq/<int:id>", public(faq.page)),
    path("hc/<locale:locale>/rail.json", public(rail.state), name="rail"),
    path("hc/<locale:locale>/news.atom", public(feeds.news), name="news"),
    *talk_urls.urlpatterns,
    path("hc/<locale:locale>/<path:rest>", public(articles.moved)),
    path("sitemap.xml", public(sitemap.show), name="sitemap"),
    path("robots.txt", public(wellknown.robots), name="robots"),
    path("llms.txt", public(plain.overview), name="llms"),
    path(".well-known/security.txt", public(wellknown.security), name="security"),
    re_path(r"^\.well-known/change-password$", public(RedirectView.as_view(pattern_name="account_change_password"))),
]
