"""The help centre's addresses. Permission stands beside the path."""

from __future__ import annotations

from django.urls import path

from handrail.web.edge import cacheable
from handrail.web.policy import View, may, public
from handrail.web.portal import (
    articles,
    faq,
    feedback,
    feeds,
    films,
    following,
    home,
    labels,
    logo,
    media,
    news,
    own_style,
    pdf,
    plain,
    products,
    rail,
    reads,
    search,
    search_verdict,
    sitemap,
    suggest,
    talk_urls,
    topics,
    troubleshooters,
    tutorials,
    wellknown,
)
from handrail.web.portal.design import of_block

app_name = "portal"


def shared(view: View) -> View:
    """Public, and the same for every stranger: the edge may answer it from memory."""
    return public(cacheable(view))


urlpatterns = [
    path("", public(home.front_door), name="front-door"),
    path("hc", public(home.front_door)),
    path("hc/", public(home.front_door)),
    path("hc/logo/<str:name>", public(logo.show), name="logo"),
    path("hc/style/<str:name>.css", public(own_style.show), name="style"),
    path("hc/files/<str:name>", public(media.show), name="media"),
    path("hc/<locale:locale>", shared(home.page), name="home"),
    path("hc/<locale:locale>/", public(home.without_slash)),
    path("hc/<locale:locale>/products/<int:id>-<str:slug>", shared(products.page), name="product"),
    path("hc/<locale:locale>/products/<int:id>", shared(products.page)),
    path("hc/<locale:locale>/sections/<int:id>-<str:slug>", shared(topics.page), name="topic"),
    path("hc/<locale:locale>/sections/<int:id>", shared(topics.page)),
    path("hc/<locale:locale>/articles/<int:id>/feedback", public(feedback.page), name="feedback"),
    path(
        "hc/<locale:locale>/articles/<int:id>/preview",
        may("knowledge.write")(articles.preview),
        name="article-preview",
    ),
    path("hc/<locale:locale>/articles/<int:id>/reads", public(reads.count), name="reads"),
    path("hc/<locale:locale>/articles/<int:id>-<str:slug>.md", shared(plain.article), name="article-text"),
    path("hc/<locale:locale>/articles/<int:id>-<str:slug>.pdf", public(pdf.article), name="article-pdf"),
    path("hc/<locale:locale>/articles/<int:id>-<str:slug>", shared(articles.page), name="article"),
    path("hc/<locale:locale>/articles/<int:id>.md", shared(plain.article)),
    path("hc/<locale:locale>/articles/<int:id>.pdf", public(pdf.article)),
    path("hc/<locale:locale>/articles/<int:id>", shared(articles.page)),
    path("hc/<locale:locale>/faq/<int:id>-<str:slug>", shared(of_block("faq")(faq.page)), name="faq"),
    path("hc/<locale:locale>/faq/<int:id>", shared(of_block("faq")(faq.page))),
    path(
        "hc/<locale:locale>/troubleshooters",
        shared(of_block("troubleshooters")(troubleshooters.all_of_them)),
        name="troubleshooters",
    ),
    path("hc/<locale:locale>/troubleshooters/<int:id>", public(troubleshooters.page), name="troubleshooter"),
    path(
        "hc/<locale:locale>/troubleshooters/<int:id>/solved",
        public(troubleshooters.solved),
        name="troubleshooter-solved",
    ),
    path("hc/<locale:locale>/tutorials", shared(of_block("tutorials")(tutorials.page)), name="tutorials"),
    path("hc/<locale:locale>/videos", shared(of_block("videos")(films.page)), name="videos"),
    path("hc/<locale:locale>/search", public(search.page), name="search"),
    path("hc/<locale:locale>/search/solved", public(search_verdict.solved), name="search-solved"),
    path(
        "hc/<locale:locale>/search/refused",
        public(of_block("contact")(search_verdict.refused)),
        name="search-refused",
    ),
    path("hc/<locale:locale>/suggest", public(suggest.suggestions), name="suggest"),
    path("hc/<locale:locale>/answer", public(suggest.quoted), name="answer"),
    path(
        "hc/<locale:locale>/rail.json",
        public(cacheable(rail.state, seconds=rail.TRUE_FOR_SECONDS)),
        name="rail",
    ),
    path("hc/<locale:locale>/news", shared(of_block("news")(news.page)), name="all-news"),
    path("hc/<locale:locale>/news.atom", shared(of_block("news")(feeds.news)), name="news"),
    path("hc/<locale:locale>/sections/<int:id>.atom", shared(feeds.topic), name="topic-feed"),
    path("hc/<locale:locale>/products/<int:id>.atom", shared(feeds.product), name="product-feed"),
    path("hc/<locale:locale>/labels/<path:label>", shared(labels.page), name="label"),
    path("hc/<locale:locale>/follow", public(following.ask), name="follow"),
    path("hc/<locale:locale>/follow/<str:token>", public(following.confirm), name="follow-confirm"),
    path("hc/<locale:locale>/leave/<str:token>", public(following.leave), name="follow-leave"),
    *talk_urls.urlpatterns,
    path("hc/<locale:locale>/<path:rest>", shared(articles.moved)),
    path("sitemap.xml", shared(sitemap.show), name="sitemap"),
    path("robots.txt", shared(wellknown.robots), name="robots"),
    path("llms.txt", shared(plain.overview), name="llms"),
    path(".well-known/security.txt", shared(wellknown.security), name="security"),
    path(".well-known/change-password", public(wellknown.change_password)),
]
