"""The servers of one run, each pinned to the server core: the product, its peer, a bare ASGI application, nginx."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benches.load.proc import cpu_us, pss_kb

ROOT = Path(__file__).resolve().parents[2]
PEER = ROOT / ".bench" / "peer"
SERVER_CORE, LOAD_CORE = 0, os.cpu_count() and 1 % os.cpu_count()
SERVER_CORE_ONLY = ["taskset", "-c", str(SERVER_CORE)]
NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log crit;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; keepalive_requests 1000000; default_type "text/html";
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}; }} }}
"""


@dataclass(frozen=True)
class Server:
    """A running server. `started`: seconds and CPU seconds to its first answer; `idle_mb`: memory (PSS) then."""

    pid: int
    port: int
    started: float
    started_cpu: float
    idle_mb: float


@contextmanager
def running(command: list[str], port: int, path: str, **env: str) -> Iterator[Server]:
    """A pinned server for the block, once `path` answers."""
    start = time.monotonic()
    process = subprocess.Popen(
        [*SERVER_CORE_ONLY, *command], env={**os.environ, **env}, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}{path}", process)
        took, cpu = time.monotonic() - start, cpu_us(process.pid) / 1_000_000
        yield Server(process.pid, port, round(took, 2), round(cpu, 2), round(pss_kb(process.pid) / 1024, 1))
    finally:
        process.terminate()
        process.wait(15)


def wait_for(url: str, process: subprocess.Popen, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).read()
            return
        except (OSError, urllib.error.URLError):
            if process.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)


def our_env(data: Path, port: int) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "handrail.config.settings",
        "HANDRAIL_DATA": str(data),
        "PORT": str(port),
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "EMAIL_URL": "",
    }


def peer_env(data: Path) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "benches.load.peer.settings",
        "PEER_DATA": str(data),
        "PYTHONPATH": str(ROOT),
    }


def product(data: Path, port: int):
    """The web process with its edge, as `handrail all` starts it, without the worker and the others."""
    return running([sys.executable, "-m", "handrail", "serve"], port, "/healthz", **our_env(data, port))


def peer(data: Path, port: int):
    """django-helpdesk under gunicorn, one worker of four threads."""
    command = [
        str(PEER / "bin" / "gunicorn"),
        "benches.load.peer.wsgi:application",
        "-b",
        f"127.0.0.1:{port}",
    ]
    command += ["-w", "1", "-k", "gthread", "--threads", "4", "--keep-alive", "30", "--log-level", "warning"]
    return running(command, port, "/kb/", **peer_env(data))


def bare_asgi(file: Path, port: int):
    """The same bytes from ten lines of ASGI on the same server as ours."""
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "benches.load.bare:app",
        "--port",
        str(port),
        "--no-access-log",
    ]
    command += ["--loop", "uvloop", "--http", "httptools", "--log-level", "warning"]
    return running(command, port, "/", BARE_FILE=str(file))


def nginx(file: Path, port: int):
    """The same bytes as a static file from nginx, one worker."""
    folder = file.parent
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    return running(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)], port, f"/{file.name}")
