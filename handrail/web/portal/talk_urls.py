"""Addresses of talking with us: chat, requests, signing in. Permission stands beside the path."""

from __future__ import annotations

from django.urls import path

from handrail.web.policy import public, signed_in
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

HC = "hc/<locale:locale>"

urlpatterns = [
    path(f"{HC}/chat", public(chat.page), name="chat"),
    path(f"{HC}/chat/person", public(chat_acts.person), name="chat-person"),
    path(f"{HC}/chat/draft", public(of_block("contact")(chat_acts.draft)), name="chat-draft"),
    path(f"{HC}/chat/choice", public(chat_acts.choice), name="chat-choice"),
    path(f"{HC}/chat/solved", public(chat_acts.solved), name="chat-solved"),
    path(f"{HC}/chat/address", public(chat_acts.address), name="chat-address"),
    path(f"{HC}/talk/<str:public_id>/messages", public(live.messages), name="talk-messages"),
    path(f"{HC}/talk/<str:public_id>/live", public(live.live), name="talk-live"),
    path(f"{HC}/talk/<str:public_id>/typing", public(live.typing), name="talk-typing"),
    path(f"{HC}/talk/<str:public_id>/read", public(live.read), name="talk-read"),
    path(f"{HC}/talk/<str:public_id>/transcript", public(transcript.page), name="transcript"),
    path(f"{HC}/talk/<str:public_id>/transcript/mail", public(transcript.mail), name="transcript-mail"),
    path(f"{HC}/transcript/<str:token>", public(transcript.by_link), name="transcript-link"),
    path(f"{HC}/talk/<str:public_id>/check", public(check.pressed), name="talk-check"),
    path(f"{HC}/check/<str:token>", public(check.page), name="check-link"),
    path(f"{HC}/person/<str:token>", public(person_link.page), name="person-link"),
    path(f"{HC}/requests", public(requests.page), name="requests"),
    path(f"{HC}/requests/new", public(of_block("contact")(contact.page)), name="contact"),
    path(f"{HC}/requests/answers", public(of_block("contact")(contact.answers)), name="contact-answers"),
    path(f"{HC}/requests/solved", public(of_block("contact")(contact.solved)), name="contact-solved"),
    path(f"{HC}/requests/joining", signed_in(joining.act), name="requests-joining"),
    path(f"{HC}/requests/shared", signed_in(requests.shared), name="requests-shared"),
    path(f"{HC}/requests/<int:number>", public(request_page.page), name="request"),
    path(f"{HC}/requests/<int:number>/claim", signed_in(claims.act), name="request-claim"),
    path(f"{HC}/requests/<int:number>/replies", public(request_acts.reply), name="request-reply"),
    path(f"{HC}/requests/<int:number>/solution", public(request_acts.solve), name="request-solve"),
    path(f"{HC}/requests/<int:number>/reopening", public(request_acts.reopen), name="request-reopen"),
    path(f"{HC}/requests/<int:number>/copies", signed_in(copies.add), name="request-copies"),
    path(f"{HC}/requests/<int:number>/copies/<int:person>", signed_in(copies.remove), name="request-copy"),
    path(f"{HC}/sign-in", public(sign_in.page), name="sign-in"),
    path(f"{HC}/sign-in/link", public(sign_in_link.ask), name="sign-in-ask"),
    path(f"{HC}/sign-in/link/<str:secret>", public(sign_in_link.open), name="sign-in-link"),
    path(f"{HC}/sign-in/password", public(password.sign_in), name="sign-in-password"),
    path(f"{HC}/sign-in/host", public(sign_in_host.page), name="sign-in-host"),
    path(f"{HC}/sign-out", public(sign_out.act), name="sign-out"),
    path(f"{HC}/profile", signed_in(profile.page), name="profile"),
    path(f"{HC}/profile/about", signed_in(profile.keep), name="profile-about"),
    path(
        f"{HC}/profile/browsers/<int:browser>/sign-out", signed_in(browsers.sign_out), name="browser-sign-out"
    ),
    path(f"{HC}/profile/password", signed_in(password.choose), name="profile-password"),
]
