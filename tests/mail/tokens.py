"""A token server as providers run one: refresh tokens, access tokens with an end, rotation, and a word for the mail server."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


class TokenServer:
    """`live` are the access tokens that hold; `refresh` the one refresh token that does. Use as a context."""

    def __init__(self, port: int, user: str) -> None:
        self.user, self.refresh, self.live = user, "refresh-0", set[str]()
        self.asked: list[dict[str, str]] = []
        self.answer: tuple[int, object] | None = None
        self.lives = 3600
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self.url = f"http://127.0.0.1:{port}/token"

    def __enter__(self) -> TokenServer:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _token(self, said: dict[str, str]) -> tuple[int, object]:
        self.asked.append(said)
        if self.answer:
            return self.answer
        if said.get("refresh_token") != self.refresh or said.get("client_secret") != "client-secret":
            return 400, {"error": "invalid_grant", "error_description": f"bad {said.get('refresh_token')}"}
        self.refresh = f"refresh-{len(self.asked)}"
        token = f"access-{len(self.asked)}"
        self.live.add(token)
        return 200, {"access_token": token, "expires_in": self.lives, "refresh_token": self.refresh}

    def _handler(outer) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
                said = {name: values[0] for name, values in parse_qs(body).items()}
                if self.path.startswith("/introspect"):
                    status, answer = 200, {"active": said.get("token") in outer.live, "username": outer.user}
                else:
                    status, answer = outer._token(said)
                data = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *words: object) -> None:
                pass

        return Handler
