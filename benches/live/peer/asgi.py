"""ws://…/<chat> joins the group of a chat; POST /<chat> sends its body to all who joined.   uvicorn benches.live.peer.asgi:application"""

from __future__ import annotations

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer
from channels.routing import ProtocolTypeRouter
from django.conf import settings

settings.configure(
    SECRET_KEY="of a bench",
    INSTALLED_APPS=["channels"],
    CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}},
)

import django  # noqa: E402  # settings come first

django.setup()


class Window(AsyncWebsocketConsumer):
    async def connect(self):
        self.chat = self.scope["path"].strip("/")
        await self.channel_layer.group_add(self.chat, self.channel_name)
        await self.accept()

    async def disconnect(self, code):
        await self.channel_layer.group_discard(self.chat, self.channel_name)

    async def said(self, event):
        await self.send(text_data=event["text"])


async def say(scope, receive, send):
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    if scope["method"] == "POST":
        layer = get_channel_layer()
        await layer.group_send(scope["path"].strip("/"), {"type": "said", "text": body.decode()})
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


application = ProtocolTypeRouter({"http": say, "websocket": Window.as_asgi()})
