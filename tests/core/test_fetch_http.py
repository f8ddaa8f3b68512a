"""The polite reader against a real server that misbehaves: each case ends in the right bytes or in a clear error."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from tests.core import fetch_server as server
from tests.core.fetch_server import PDF, Site

from smallplaces.errors import BadFile, NotFound, Unreachable, UserError
from smallplaces.sources.exchange import Manners
from smallplaces.sources.http import Client, Fetched, Wanted, user_agent
from smallplaces.sources.mirror import Mirror

ADDRESS = "https://documents.example.org/files/report.pdf"
PATH = "/documents.example.org/files/report.pdf"
QUICK = Manners(
    pause=0.0, attempts=3, first_wait=0.01, longest_wait=2.0, silence=1.5, beginning=2.0, grace=0.5, slowest=20_000
)


@pytest.fixture
def site() -> Iterator[Site]:
    with server.serving() as site:
        yield site


def get(
    site: Site, folder: Path, *, manners: Manners = QUICK, kinds: tuple[str, ...] = ("pdf",), limit: int = 10**7
) -> Fetched:
    with Client(folder, mirror=Mirror(url=site.url), manners=manners) as client:
        return client.fetch(Wanted(ADDRESS, kinds, limit=limit))


def test_bytes_and_where_they_are_from(site: Site, tmp_path: Path) -> None:
    site.put(PATH, server.well_kept())
    fetched = get(site, tmp_path)
    assert fetched.path.read_bytes() == PDF
    assert fetched.path == tmp_path / PATH.lstrip("/")
    assert (fetched.address, fetched.size, fetched.kind, fetched.changed) == (ADDRESS, len(PDF), "pdf", True)
    assert site.asked[-1].headers["User-Agent"] == user_agent()
    assert user_agent().startswith("smallplaces/0")
    assert site.asked[-1].headers["Accept-Encoding"] == "identity"


def test_what_has_not_changed_is_not_sent_again(site: Site, tmp_path: Path) -> None:
    site.put(PATH, server.well_kept())
    first, second = get(site, tmp_path), get(site, tmp_path)
    assert "If-None-Match" in site.asked[-1].headers
    assert (second.changed, second.sha256, second.path.read_bytes()) == (False, first.sha256, PDF)
    site.put(PATH, server.well_kept(PDF + b"%%EOF\n"))
    third = get(site, tmp_path)
    assert (third.changed, third.replaced, third.size) == (True, True, len(PDF) + 6)


def test_a_date_of_change_will_do(site: Site, tmp_path: Path) -> None:
    dated = "Mon, 02 Nov 2026 10:00:00 GMT"
    site.put(PATH, server.plain(Last_Modified=dated), server.status(304))
    get(site, tmp_path)
    assert not get(site, tmp_path).changed
    assert site.asked[-1].headers["If-Modified-Since"] == dated


def test_a_file_whose_copy_was_damaged_is_fetched_anew(site: Site, tmp_path: Path) -> None:
    site.put(PATH, server.well_kept())
    get(site, tmp_path).path.write_bytes(b"damaged")
    assert get(site, tmp_path).path.read_bytes() == PDF


def test_a_dropped_connection_is_gone_on_from(site: Site, tmp_path: Path) -> None:
    site.put(PATH, server.well_kept(cut=100_000), server.well_kept(cut=100_000), server.well_kept())
    assert get(site, tmp_path).path.read_bytes() == PDF
    ranges = [asked.headers.get("Range") for asked in site.asked if asked.path == PATH]
    assert ranges[0] is None
    assert ranges[1] == "bytes=100000-"
    assert ranges[2] == "bytes=200000-"


def test_an_interrupted_run_is_gone_on_from_by_the_next(site: Site, tmp_path: Path) -> None:
    site.put(PATH, server.well_kept(cut=50_000), server.drop_before_answer)
    with pytest.raises(Unreachable, match="3 times"):
        get(site, tmp_path)
    assert not (tmp_path / PATH.lstrip("/")).exists()
    site.put(PATH, server.well_kept())
    assert get(site, tmp_path).path.read_bytes() == PDF
    assert site.asked[-1].headers["Range"] == "bytes=50000-"


def test_a_file_that_changed_meanwhile_starts_again(site: Site, tmp_path: Path) -> None:
    other = PDF.replace(b"% invented", b"% imagined")
    site.put(PATH, server.well_kept(cut=50_000), server.well_kept(other))
    assert get(site, tmp_path).path.read_bytes() == other


def test_a_server_that_mixes_up_ranges_is_not_believed(site: Site, tmp_path: Path) -> None:
    def wrong(handler: server.Handler) -> None:
        handler.answer(206, PDF[10:], Content_Range=f"bytes 10-{len(PDF) - 1}/{len(PDF)}", ETag='"x"')

    site.put(PATH, server.well_kept(cut=50_000), wrong, server.well_kept())
    assert get(site, tmp_path).path.read_bytes() == PDF


def test_a_range_beyond_the_end_starts_again(site: Site, tmp_path: Path) -> None:
    site.put(PATH, server.well_kept(cut=50_000), server.status(416), server.well_kept())
    assert get(site, tmp_path).path.read_bytes() == PDF


@pytest.mark.parametrize("code", [408, 429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(site: Site, tmp_path: Path, code: int) -> None:
    site.put(PATH, server.status(code), server.status(code), server.well_kept())
    assert get(site, tmp_path).path.read_bytes() == PDF


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_kept_to(site: Site, tmp_path: Path, form: str) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    site.put(PATH, server.status(429, Retry_After="1" if form == "seconds" else later), server.well_kept())
    assert get(site, tmp_path).path.read_bytes() == PDF
    first, second = [asked.at for asked in site.asked if asked.path == PATH]
    assert second - first > 0.5


def test_a_server_that_asks_for_an_hour_is_left_alone(site: Site, tmp_path: Path) -> None:
    site.put(PATH, server.status(503, Retry_After="3600"))
    with pytest.raises(Unreachable, match="left alone for 3,600 s"):
        get(site, tmp_path)
    assert site.paths() == [PATH]


def test_tries_are_bounded(site: Site, tmp_path: Path) -> None:
    site.put(PATH, server.status(503))
    with pytest.raises(Unreachable, match=r"busy or broken \(503\), 3 times"):
        get(site, tmp_path)
    assert site.paths() == [PATH] * 3


@pytest.mark.parametrize(
    ("behaviour", "error", "said"),
    [
        (server.status(404), NotFound, "no such file"),
        (server.status(410), NotFound, "no such file"),
        (server.status(403), Unreachable, r"refuses to give this file \(403\)"),
        (server.status(418), Unreachable, "answered 418"),
        (server.plain(server.PAGE), BadFile, "a web page instead of a PDF"),
        (server.plain(b""), BadFile, "nothing instead of a PDF"),
        (server.plain(b'{"error": "none"}'), BadFile, "JSON instead of a PDF"),
        (server.longer_than_it_is, Unreachable, "broke off in the middle"),
        (server.shorter_than_it_is, BadFile, "breaks off: it does not end as a PDF ends"),
        (server.endless, Unreachable, "larger than 10.0 MB"),
        (server.trickle, Unreachable, "comes too slowly"),
        (server.trickling_headers, Unreachable, "did not begin to answer in time"),
        (server.silence, Unreachable, "did not begin to answer in time|fell silent"),
        (server.bomb, Unreachable, "larger than 10.0 MB"),
        (server.plain(PDF, Content_Encoding="br"), Unreachable, "packed the file as 'br'"),
        (server.plain(PDF, Content_Encoding="gzip"), Unreachable, "packed answer is damaged"),
        (server.drop_before_answer, Unreachable, "3 times"),
    ],
)
def test_each_misdeed_has_its_sentence(
    site: Site, tmp_path: Path, behaviour: server.Behaviour, error: type[UserError], said: str
) -> None:
    site.put(PATH, behaviour)
    with pytest.raises(error, match=said):
        get(site, tmp_path)
    assert not (tmp_path / PATH.lstrip("/")).exists()


def test_a_promise_of_too_much_is_refused_at_once(site: Site, tmp_path: Path) -> None:
    site.put(PATH, server.plain(PDF))
    with pytest.raises(Unreachable, match=r"the file is 0\.3 MB; at most 0\.1 MB"):
        get(site, tmp_path, limit=100_000)


def test_gzip_that_nobody_asked_for_is_unpacked(site: Site, tmp_path: Path) -> None:
    site.put(PATH, server.packed(PDF))
    assert get(site, tmp_path).path.read_bytes() == PDF


def test_redirects_are_followed_within_the_mirror(site: Site, tmp_path: Path) -> None:
    site.put(PATH, server.redirect("/elsewhere.pdf"))
    site.put("/elsewhere.pdf", server.well_kept())
    assert get(site, tmp_path).path.read_bytes() == PDF


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("http://169.254.169.254/latest/meta-data/", "another host, 169.254.169.254"),
        ("http://127.0.0.1:9/", "another host, 127.0.0.1"),
        ("http://[::1]/", "another host, ::1"),
        ("https://elsewhere.example.org/report.pdf", "another host, elsewhere.example.org"),
        ("file:///etc/passwd", "which is not followed"),
        ("ftp://documents.example.org/x", "which is not followed"),
        ("http://user@documents.example.org/x", "which is not followed"),
        ("http://documents.example.org:99999/", "which is no address"),
        ("http://[::1", "Invalid URL in location"),
        ("//169.254.169.254/x", "another host, 169.254.169.254"),
        ("http://127.0.0.1%2f@elsewhere.example.org/", "which is not followed"),
        ("http://0x7f000001/", "another host"),
    ],
)
def test_redirects_lead_nowhere_else(site: Site, tmp_path: Path, location: str, said: str) -> None:
    site.put(PATH, server.redirect(location))
    with pytest.raises(Unreachable, match=said):
        get(site, tmp_path)


def test_a_circle_of_redirects_ends(site: Site, tmp_path: Path) -> None:
    site.put(PATH, server.redirect(PATH))
    with pytest.raises(Unreachable, match="more than 8 redirects"):
        get(site, tmp_path)


def test_robots_are_respected(site: Site, tmp_path: Path) -> None:
    site.put("/robots.txt", server.plain(b"User-agent: *\nDisallow: /documents.example.org/\n", "text/plain"))
    site.put(PATH, server.well_kept())
    with pytest.raises(Unreachable, match="stay away"):
        get(site, tmp_path)
    assert site.paths() == []


def test_robots_that_cannot_be_read_are_waited_for(site: Site, tmp_path: Path) -> None:
    site.put("/robots.txt", server.status(503))
    site.put(PATH, server.well_kept())
    with pytest.raises(Unreachable, match="txt cannot be read"):
        get(site, tmp_path)
    assert site.paths() == []


def test_robots_that_lead_elsewhere_are_none(site: Site, tmp_path: Path) -> None:
    site.put("/robots.txt", server.redirect("https://elsewhere.example.org/robots.txt"))
    site.put(PATH, server.well_kept())
    assert get(site, tmp_path).path.read_bytes() == PDF


def test_nobody_goes_on_in_the_middle_of_what_was_unpacked(site: Site, tmp_path: Path) -> None:
    def cut(handler: server.Handler) -> None:
        data = gzip.compress(PDF, 0)
        handler.answer(200, data[:150_000], length=len(data), Content_Encoding="gzip", ETag='"x"')

    site.put(PATH, cut, server.well_kept())
    assert get(site, tmp_path).path.read_bytes() == PDF
    assert "Range" not in site.asked[-1].headers


def test_two_readers_of_one_file_do_not_disturb_each_other(site: Site, tmp_path: Path) -> None:
    site.put(PATH, server.well_kept(cut=60_000), server.well_kept(cut=60_000), server.well_kept())
    with ThreadPoolExecutor(3) as pool:
        assert [fetched.path.read_bytes() for fetched in pool.map(lambda _: get(site, tmp_path), range(3))] == [PDF] * 3


def test_a_plain_folder_behind_a_web_server_is_a_mirror_too(site: Site, tmp_path: Path) -> None:
    address = "https://documents.example.org/access?s=A%2F1&l=en"
    site.put("/documents.example.org/access%253Fs%3DA%252F1%26l%3Den", server.well_kept())
    with Client(tmp_path, mirror=Mirror(url=site.url), manners=QUICK) as client:
        fetched = client.fetch(Wanted(address, ("pdf",)))
    assert fetched.path == tmp_path / "documents.example.org/access%3Fs=A%2F1&l=en"
    assert fetched.path.read_bytes() == PDF


def test_what_was_fetched_is_a_mirror(site: Site, tmp_path: Path) -> None:
    address = "https://documents.example.org/access?s=A%2F1&l=en"
    site.put("/documents.example.org/access?s=A%2F1&l=en", server.well_kept())
    with Client(tmp_path / "one", mirror=Mirror(url=site.url), manners=QUICK) as client:
        client.fetch(Wanted(address, ("pdf",)))
    with Client(tmp_path / "two", mirror=Mirror(folder=tmp_path / "one")) as client:
        assert client.fetch(Wanted(address, ("pdf",))).path.read_bytes() == PDF
        with pytest.raises(NotFound, match="does not hold"):
            client.fetch(Wanted(ADDRESS, ("pdf",)))
        with pytest.raises(BadFile, match="a PDF instead of a zip file"):
            client.fetch(Wanted(address, ("zip",)))
        with pytest.raises(Unreachable, match="larger"):
            client.fetch(Wanted(address, ("pdf",), limit=1000))


def test_the_public_address_of_a_private_host_is_not_asked(site: Site, tmp_path: Path) -> None:
    """Without a mirror the same loopback server is out of reach."""
    site.put("/x.pdf", server.well_kept())
    with Client(tmp_path, manners=QUICK) as client, pytest.raises(Unreachable, match="not a public address"):
        client.fetch(Wanted(f"{site.url}/x.pdf", ("pdf",)))
    assert site.asked == []


def test_two_readers_ask_one_host_one_after_the_other(site: Site, tmp_path: Path) -> None:
    def slow(handler: server.Handler) -> None:
        time.sleep(0.1)
        server.plain()(handler)

    addresses = [f"https://documents.example.org/{n}.pdf" for n in range(4)]
    for n in range(4):
        site.put(f"/documents.example.org/{n}.pdf", slow)

    def one(address: str) -> bytes:
        with Client(tmp_path, mirror=Mirror(url=site.url), manners=QUICK) as client:
            return client.fetch(Wanted(address, ("pdf",))).path.read_bytes()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, addresses)) == [PDF] * 4
    assert site.most_busy == 1
