"""A browser that takes pushes, and the push service it chose: decrypts what it gets and checks whose it is."""

from __future__ import annotations

import base64
import json
import time

import http_ece
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from werkzeug import Response

from handrail.channels.push.keys import public_key
from handrail.channels.push.wire import TTL_SECONDS


def b64(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Browser:
    """What a browser keeps for itself, and the push service it chose."""

    def __init__(self, server, path="/push/abc"):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = b"0123456789abcdef"
        self.path, self.server = path, server
        self.answers, self.got, self.moments = [], [], []
        server.expect_request(path, method="POST").respond_with_handler(self._take)

    @property
    def given(self):
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.server.url_for(self.path), "p256dh": b64(point), "auth": b64(self.auth)}

    def _take(self, request):
        self.moments.append(time.monotonic())
        self.got.append((dict(request.headers), request.get_data()))
        return self.answers.pop(0) if self.answers else Response(status=201)

    def read(self, at=0):
        """What was said, after checking that it is ours and for this browser."""
        headers, body = self.got[at]
        scheme, _, said = headers["Authorization"].partition(" ")
        fields = dict(part.strip().split("=", 1) for part in said.split(","))
        assert scheme == "vapid" and fields["k"] == public_key()
        point = base64.urlsafe_b64decode(fields["k"] + "=")
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        audience = self.server.url_for("").rstrip("/")
        claims = jwt.decode(fields["t"], key, algorithms=["ES256"], audience=audience)
        assert claims["sub"].startswith(("mailto:", "https://"))
        assert headers["Content-Encoding"] == "aes128gcm" and headers["Ttl"] == str(TTL_SECONDS)
        assert 0 < len(headers["Topic"]) <= 32
        return json.loads(
            http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        )
