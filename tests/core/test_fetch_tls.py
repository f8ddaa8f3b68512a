"""Over TLS the connection goes to the checked address, and the certificate must still be that of the named host."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.core.fetch_server import Handler, Server, Site, plain

from smallplaces.errors import Unreachable
from smallplaces.sources.exchange import Manners, ask

NAME = "documents.example.org"

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="openssl makes the certificate, and is not here"
)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for :data:`NAME` alone, signed by itself."""
    command = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=invented"
    command += f" -addext subjectAltName=DNS:{NAME}"
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    return tmp_path / "cert.pem"


@pytest.fixture
def site(certificate: Path) -> Iterator[Site]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    with Server(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.site = Site(url=f"https://{NAME}:{server.server_address[1]}")
        thread = threading.Thread(target=ThreadingHTTPServer.serve_forever, args=(server, 0.02), daemon=True)
        thread.start()
        yield server.site
        server.shutdown()
        thread.join()


@pytest.fixture
def web(certificate: Path) -> Iterator[httpx.Client]:
    with httpx.Client(verify=ssl.create_default_context(cafile=str(certificate)), trust_env=False) as client:
        yield client


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every invented name leads to this machine, as an attacker's would."""
    real = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *rest: Any, **options: Any) -> list[Any]:
        return real("127.0.0.1" if host.endswith("example.org") else host, port, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_the_named_host_is_believed(site: Site, web: httpx.Client) -> None:
    address = site.put("/x", plain())
    with ask(web, address, {}, Manners(), private=True) as response:
        assert response.status_code == 200
    assert site.asked[0].headers["Host"] == address.removeprefix("https://").removesuffix("/x")


def test_another_host_with_its_certificate_is_not(site: Site, web: httpx.Client) -> None:
    address = site.put("/x", plain()).replace(NAME, "other.example.org")
    with pytest.raises(Unreachable, match="certificate"), ask(web, address, {}, Manners(), private=True):
        pass
    assert site.asked == []
