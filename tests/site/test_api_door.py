"""What holds for every address of the interface: one shape of error, entity tags, HEAD, reading from other sites."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from smallplaces.errors import BadInput, Locked, NoRoom, UserError
from smallplaces_site.api import problems
from smallplaces_site.api.door import door
from smallplaces_site.api.main import api
from smallplaces_site.api.throttle import Window
from smallplaces_site.corpus.models import Change

pytestmark = pytest.mark.django_db

OPERATIONS = sorted(api.get_openapi_schema()["paths"])
ADDRESSES = [re.sub(r"\{\w+\}", "nothing", path.replace("{number}", "999999")) for path in OPERATIONS]
FIELDS = {"type", "title", "status", "detail", "instance", "errors"}


def assert_problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "ETag" not in response
    content = response.json()
    assert set(content) == FIELDS
    assert content["status"] == status
    assert content["type"] == "about:blank"
    assert content["title"] and content["detail"]
    assert content["instance"] == response.wsgi_request.path
    assert all(set(fault) == {"where", "message"} for fault in content["errors"])
    return dict(content)


@pytest.mark.parametrize("address", [*ADDRESSES, "/api/v1/openapi.json"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_writing_is_a_problem_everywhere(address: str, method: str) -> None:
    response = Client().generic(method, address)
    assert_problem(response, 405)
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_unknown_parameter_is_a_problem_everywhere(address: str) -> None:
    content = assert_problem(Client().get(address, {"limmit": "5"}), 422)
    assert content["errors"] == [{"where": "limmit", "message": "there is no such parameter"}]


@pytest.mark.parametrize("address", [path for path in ADDRESSES if "nothing" in path or "999999" in path])
def test_what_is_not_there_is_a_problem_everywhere(address: str) -> None:
    assert_problem(Client().get(address), 404)


@pytest.mark.parametrize(
    "name", ["\x00", "..", "a" * 5000, "é한عربي", "%", "\n", "'; DROP TABLE", "\U0001f600", "~2", "-1", " "]
)
@pytest.mark.parametrize("path", [path for path in OPERATIONS if "{" in path])
def test_strange_names_are_not_found_and_never_our_fault(path: str, name: str) -> None:
    assert_problem(Client().get(re.sub(r"\{\w+\}", quote(name, safe=""), path)), 404)


@pytest.mark.parametrize("address", ["/api/", "/api/v1/", "/api/v1/nothing", "/api/v2/search", "/api/v1/documents/"])
def test_nowhere_is_a_problem(address: str) -> None:
    assert_problem(Client().get(address), 404)


def test_what_breaks_is_a_problem_without_its_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("smallplaces_site.corpus.read.changes.since", broken)
    content = assert_problem(Client(raise_request_exception=False).get("/api/v1/changes"), 500)
    assert "secret" not in str(content)


@pytest.mark.parametrize(
    ("error", "status"), [(BadInput("bad"), 422), (Locked("busy"), 503), (NoRoom("full"), 507), (UserError("no"), 400)]
)
def test_errors_of_the_house_have_their_status(error: UserError, status: int) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    request = RequestFactory().get("/api/v1/x")
    response: Any = door(view)(request)
    assert (response.status_code, response["Content-Type"]) == (status, problems.CONTENT_TYPE)
    assert ("Retry-After" in response) == (status == 503)


def test_unchanged_data_is_not_sent_twice() -> None:
    first = Client().get("/api/v1/changes")
    again = Client().get("/api/v1/changes", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    other = Client().get("/api/v1/documents", headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200
    Change.objects.create(at=timezone.now(), what=Change.What.PLACES)
    changed = Client().get("/api/v1/changes", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


@pytest.mark.parametrize("address", ["/api/v1/changes", "/api/v1/documents", "/api/v1/nothing", "/api/v1/openapi.json"])
def test_head_is_get_without_the_body(address: str) -> None:
    whole, head = Client().get(address), Client().head(address)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    for header in ("Content-Type", "ETag", "Content-Length"):
        assert head.get(header) == whole.get(header)


@pytest.mark.parametrize("address", ADDRESSES)
def test_other_sites_may_read_and_nothing_more(address: str) -> None:
    response = Client().options(address, headers={"Origin": "https://elsewhere.example"})
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in response


def test_who_asks_too_often_is_told_when_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.throttle, "number", 2)
    monkeypatch.setattr(api.throttle, "_counts", Counter())
    statuses = [Client().get("/api/v1/changes").status_code for _ in range(2)]
    response = Client().get("/api/v1/changes")
    assert statuses == [200, 200]
    assert_problem(response, 429)
    assert 1 <= int(response["Retry-After"]) <= 60
    assert Client(REMOTE_ADDR="192.0.2.7").get("/api/v1/changes").status_code == 200


def test_the_limit_cannot_be_escaped_by_a_header() -> None:
    window = Window(1, 60)
    requests = [RequestFactory().get("/", headers={"X-Forwarded-For": f"192.0.2.{n}"}) for n in range(2)]
    assert [window.allow_request(request) for request in requests] == [True, False]


def test_behind_our_proxy_each_address_counts_for_itself() -> None:
    window = Window(1, 60, proxies=1)
    seen = ["192.0.2.1", "192.0.2.2", "192.0.2.99, 192.0.2.2"]
    requests = [RequestFactory().get("/", headers={"X-Forwarded-For": addresses}) for addresses in seen]
    assert [window.allow_request(request) for request in requests] == [True, True, False]


def test_the_page_about_the_interface_names_everything_and_loads_nothing() -> None:
    html = Client().get("/api/v1/docs").content.decode()
    assert [path for path in OPERATIONS if f"GET {path}<" not in html] == []
    assert re.findall(r"(?:src|href)=\"?([^\"> ]+)", html) == ["openapi.json"]


def test_the_description_is_served_as_it_is_written_down() -> None:
    written = Path(__file__).resolve().parents[2] / "docs" / "reference" / "openapi.json"
    assert Client().get("/api/v1/openapi.json").json() == json.loads(written.read_text(encoding="utf-8"))
