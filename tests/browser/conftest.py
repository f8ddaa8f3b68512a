"""A real server over the invented example set, and a real browser that may ask nobody else."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
]
_PATIENCE = 60  # seconds for a slow machine to start

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", "from smallplaces_site.cli.main import main; main()", *words]


@contextmanager
def serving(home: Path, *preparations: list[str]) -> Iterator[str]:
    """The address of a server over ``home``, once these commands (words of the command line) have prepared it."""
    if not CHROMIUM:
        pytest.skip("chromium is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "SMALLPLACES_HOME": str(home), "DATABASE_URL": "", "PYTHONWARNINGS": "default"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    for words in preparations:
        done = subprocess.run(command(*words), env=environment, check=False, capture_output=True, text=True)
        assert done.returncode in (0, 1), done.stderr  # 1: some records were refused
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command("serve", "--port", str(port)), env=environment, stdout=log, stderr=log)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, process, home / "log")
            yield address
        finally:
            process.terminate()
            process.wait(timeout=_PATIENCE)


@pytest.fixture(scope="session")
def example_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server as `make run` starts it, with the example set."""
    with serving(tmp_path_factory.mktemp("served"), ["init", "--example"]) as address:
        yield address


@pytest.fixture(scope="module")
def server(example_server: str) -> str:
    """The server that this module asks."""
    return example_server


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(_PATIENCE * 5):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/robots.txt", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the server did not start:\n{log.read_text(errors='replace')}")


@pytest.fixture(scope="module")
def browser(server: str) -> Iterator[Browser]:
    """Chromium. Closed with the module: its event loop would stand in the way of tests of the store."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser, server: str) -> Iterator[Open]:
    """Open a page: ``open_page("/en/", width=360, script=False)``. Fails the test when a request leaves the server,
    or the page complains in its console."""
    contexts = []
    strangers: list[str] = []
    complaints: list[str] = []

    def note(request: Request) -> None:
        if urlsplit(request.url).scheme in ("http", "https") and not request.url.startswith(f"{server}/"):
            strangers.append(request.url)

    def open_one(path: str, *, width: int = 1440, script: bool = True, **options: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900 if width > 600 else 740},
            java_script_enabled=script,
            base_url=server,
            **options,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", note)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not strangers, "a request left the server"
    assert not complaints, complaints
