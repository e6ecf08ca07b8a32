"""`handrail serve`: the web process, pages and event streams on one port."""

from __future__ import annotations

import socket
import sys
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from handrail.config.env import env, whole
from handrail.web.edge.direct import read_addresses_once

GRACE_SECONDS = 5
BACKLOG = 2048


class Server(uvicorn.Server):
    """Ends its event streams first: they never end by themselves, and would hold every stop for the whole grace."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        from handrail.config.asgi import application

        application.streams.close_all("stopping")
        await super().shutdown(sockets)


class Command(BaseCommand):
    help = "Serve pages, the API and event streams. Stops within five seconds of SIGTERM."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--host", default=env.str("HANDRAIL_LISTEN", default="127.0.0.1"), help="default 127.0.0.1"
        )
        parser.add_argument("--port", type=int, default=settings.PORT, help="default $PORT, else 8400")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        # Proxies that may say who the visitor is; without one, X-Forwarded-For is anybody's claim.
        trusted = env.str("HANDRAIL_TRUSTED_PROXIES", default="")
        config = uvicorn.Config(
            "handrail.config.asgi:application",
            loop="uvloop",
            http="httptools",
            ws="none",
            lifespan="on",
            access_log=False,
            server_header=False,
            log_config=None,
            proxy_headers=bool(trusted),
            forwarded_allow_ips=trusted or None,
            timeout_keep_alive=whole("HANDRAIL_KEEP_ALIVE_SECONDS", default=15),
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        read_addresses_once()
        server = Server(config)
        with listen(host, port) as bound:
            server.run(sockets=[bound])
        if not server.started:
            sys.exit(1)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Several processes may share one port: the kernel spreads connections over them."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if whole("HANDRAIL_WEB_PROCESSES", default=1) > 1:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        bound.bind((host, port))
        bound.listen(BACKLOG)
    except OSError as error:
        raise CommandError(
            f"Port {port} on {host} cannot be used ({error.strerror}). Stop what uses it, or choose another: PORT=8500."
        ) from error
    return bound
