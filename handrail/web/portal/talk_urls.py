"""Addresses of talking with us: chat, requests, signing in. Permission stands beside the path."""

from __future__ import annotations

from django.urls import path

from handrail.web.policy import View, public, signed_in
from handrail.web.portal import (
    browsers,
    chat,
    chat_acts,
    check,
    claims,
    contact,
    copies,
    joining,
    live,
    password,
    person_link,
    profile,
    request_acts,
    request_page,
    requests,
    sign_in,
    sign_in_host,
    sign_in_link,
    sign_out,
    transcript,
)
from handrail.web.portal.design import of_block
from handrail.web.portal.zones import told_here

HC = "hc/<locale:locale>"


def anybody(view: View) -> View:
    """For everybody, with times in the reader's zone."""
    return public(told_here(view))


def known(view: View) -> View:
    """For people who are signed in, with times in their zone."""
    return signed_in(told_here(view))


urlpatterns = [
    path(f"{HC}/chat", anybody(chat.page), name="chat"),
    path(f"{HC}/chat/person", anybody(chat_acts.person), name="chat-person"),
    path(f"{HC}/chat/draft", anybody(of_block("contact")(chat_acts.draft)), name="chat-draft"),
    path(f"{HC}/chat/choice", anybody(chat_acts.choice), name="chat-choice"),
    path(f"{HC}/chat/solved", anybody(chat_acts.solved), name="chat-solved"),
    path(f"{HC}/chat/address", anybody(chat_acts.address), name="chat-address"),
    path(f"{HC}/talk/<str:public_id>/messages", anybody(live.messages), name="talk-messages"),
    path(f"{HC}/talk/<str:public_id>/live", anybody(live.live), name="talk-live"),
    path(f"{HC}/talk/<str:public_id>/typing", anybody(live.typing), name="talk-typing"),
    path(f"{HC}/talk/<str:public_id>/read", anybody(live.read), name="talk-read"),
    path(f"{HC}/talk/<str:public_id>/transcript", anybody(transcript.page), name="transcript"),
    path(f"{HC}/talk/<str:public_id>/transcript/mail", anybody(transcript.mail), name="transcript-mail"),
    path(f"{HC}/transcript/<str:token>", anybody(transcript.by_link), name="transcript-link"),
    path(f"{HC}/talk/<str:public_id>/check", anybody(check.pressed), name="talk-check"),
    path(f"{HC}/check/<str:token>", anybody(check.page), name="check-link"),
    path(f"{HC}/person/<str:token>", anybody(person_link.page), name="person-link"),
    path(f"{HC}/requests", anybody(requests.page), name="requests"),
    path(f"{HC}/requests/new", anybody(of_block("contact")(contact.page)), name="contact"),
    path(f"{HC}/requests/answers", anybody(of_block("contact")(contact.answers)), name="contact-answers"),
    path(f"{HC}/requests/solved", anybody(of_block("contact")(contact.solved)), name="contact-solved"),
    path(f"{HC}/requests/joining", known(joining.act), name="requests-joining"),
    path(f"{HC}/requests/shared", known(requests.shared), name="requests-shared"),
    path(f"{HC}/requests/<int:number>", anybody(request_page.page), name="request"),
    path(f"{HC}/requests/<int:number>/claim", known(claims.act), name="request-claim"),
    path(f"{HC}/requests/<int:number>/replies", anybody(request_acts.reply), name="request-reply"),
    path(f"{HC}/requests/<int:number>/solution", anybody(request_acts.solve), name="request-solve"),
    path(f"{HC}/requests/<int:number>/reopening", anybody(request_acts.reopen), name="request-reopen"),
    path(f"{HC}/requests/<int:number>/copies", known(copies.add), name="request-copies"),
    path(f"{HC}/requests/<int:number>/copies/<int:person>", known(copies.remove), name="request-copy"),
    path(f"{HC}/sign-in", anybody(sign_in.page), name="sign-in"),
    path(f"{HC}/sign-in/link", anybody(sign_in_link.ask), name="sign-in-ask"),
    path(f"{HC}/sign-in/link/<str:secret>", anybody(sign_in_link.open), name="sign-in-link"),
    path(f"{HC}/sign-in/password", anybody(password.sign_in), name="sign-in-password"),
    path(f"{HC}/sign-in/host", anybody(sign_in_host.page), name="sign-in-host"),
    path(f"{HC}/sign-out", anybody(sign_out.act), name="sign-out"),
    path(f"{HC}/profile", known(profile.page), name="profile"),
    path(f"{HC}/profile/about", known(profile.keep), name="profile-about"),
    path(f"{HC}/profile/browsers/<int:browser>/sign-out", known(browsers.sign_out), name="browser-sign-out"),
    path(f"{HC}/profile/password", known(password.choose), name="profile-password"),
]
