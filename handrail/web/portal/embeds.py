"""Films of other sites: a picture of a door, and nothing of theirs until somebody opens it.

The author's text holds a plain link. Here it becomes `<film-door>`; pressing it loads the player from the site's own
address without cookies. A page without such a film keeps the tight policy; one with it admits that site's frames.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from handrail.web.ui.assets import icon

EMBED = re.compile(
    r'<figure class="embed"><a href="([^"]*)"[^>]*>((?:(?!</figure>).)*?)</a>'
    r"(?:<figcaption>((?:(?!</figure>).)*?)</figcaption>)?</figure>",
    re.S,
)
ID = re.compile(r"[\w-]{3,40}")


@dataclass(frozen=True)
class Site:
    """A site films come from: its hosts, how an address there names a film, and where its player is."""

    name: str
    hosts: frozenset[str]
    film: Callable[[str, dict[str, list[str]]], str]
    frame: str
    player: str


def _last(path: str, _query: dict[str, list[str]]) -> str:
    return path.rstrip("/").rsplit("/", 1)[-1]


def _youtube(path: str, query: dict[str, list[str]]) -> str:
    return query.get("v", [""])[0] or _last(path, query)


SITES = (
    Site(
        "YouTube",
        frozenset(
            {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"}
        ),
        _youtube,
        "https://www.youtube-nocookie.com",
        "/embed/{film}?autoplay=1&rel=0&cc_load_policy=1&hl={locale}&cc_lang_pref={locale}",
    ),
    Site(
        "Vimeo",
        frozenset({"vimeo.com", "www.vimeo.com", "player.vimeo.com"}),
        _last,
        "https://player.vimeo.com",
        "/video/{film}?autoplay=1&dnt=1&texttrack={locale}",
    ),
    Site(
        "Naver TV", frozenset({"tv.naver.com"}), _last, "https://tv.naver.com", "/embed/{film}?autoPlay=true"
    ),
    Site(
        "Kakao TV",
        frozenset({"tv.kakao.com"}),
        _last,
        "https://play-tv.kakao.com",
        "/embed/player/cliplink/{film}?autoplay=1",
    ),
)


def player_of(address: str) -> tuple[Site, str] | None:
    """The site a film's address belongs to and the address of its player; None for any other address."""
    parts = urlsplit(address)
    site = next((site for site in SITES if parts.hostname in site.hosts), None)
    if site is None or parts.scheme != "https":
        return None
    film = site.film(parts.path, parse_qs(parts.query))
    if not ID.fullmatch(film):
        return None
    locale = (get_language() or "ko")[:2]
    return site, site.frame + site.player.format(film=film, locale=locale)


def facade(href: str, title: str, said: str = "") -> str:
    """What stands in the page in place of the film, with what is said in it below; all three are HTML as it stood there."""
    address = unescape(href)
    found = player_of(address)
    link = f'<a href="{href}" rel="noopener noreferrer nofollow">{title or escape(address)}</a>'
    if found is None:
        return f'<figure class="embed"><p>{link}</p></figure>{transcript(said)}'
    site, player = found
    note = _("Nothing is loaded from %(site)s until you press play.") % {"site": site.name}
    play = _("Play")
    return (
        f'<figure class="embed"><film-door data-player="{escape(player)}" data-play="{escape(play)}">'
        f'<p class="film-title">{icon("play")}{link}</p>'
        f'<p class="film-note">{escape(note)}</p></film-door></figure>'
        f"{transcript(said)}"
    )


def transcript(said: str) -> str:
    """What is said in a film, a line each, folded below it; "" for nothing."""
    lines = [line for line in re.split(r"<br[^>]*>", said) if line.strip()]
    if not lines:
        return ""
    items = "".join(f"<li><span>{line.strip()}</span></li>" for line in lines)
    name = escape(_("Read what is said"))
    return (
        f'<details class="transcript"><summary>{icon("captions")}<span>{name}</span>{icon("chevron-down")}</summary>'
        f'<ol role="list">{items}</ol></details>'
    )


def players_in(clean_html: str) -> list[str]:
    """The sites whose films the text has, as a policy names them."""
    found = (player_of(unescape(match[1])) for match in EMBED.finditer(clean_html))
    return sorted({known[0].frame for known in found if known})


def admitted(response: HttpResponse, players: list[str]) -> HttpResponse:
    """The page with the frames of just these sites admitted."""
    if players:
        response._csp_update = {"frame-src": players}  # type: ignore[attr-defined]
    return response
