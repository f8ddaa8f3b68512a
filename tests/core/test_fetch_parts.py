"""The small parts of fetching: robots.txt, the shape of a mirror, kinds of bytes, links on a page, likely symbols."""

from __future__ import annotations

from pathlib import Path

import pytest

from smallplaces.errors import BadFile, BadInput
from smallplaces.sources import likely, registry, robots
from smallplaces.sources.base import Address
from smallplaces.sources.describe import describe
from smallplaces.sources.fetch import linked
from smallplaces.sources.kinds_of_bytes import answers, is_whole, kind_of
from smallplaces.sources.mirror import Mirror, mirror_of, path_of

ROBOTS = """\
User-agent: *
Disallow: /private/
Allow: /private/open
Disallow: /*.doc$
Disallow: /search?*lang=
Crawl-delay: 3

User-agent: otherbot
User-agent: SmallPlaces
Disallow: /only-ours
Disallow:
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private/x", False),
        ("/private/open/x", True),
        ("/a/b.doc", False),
        ("/a/b.docx", True),
        ("/search?q=1&lang=en", False),
        ("/search?q=1", True),
    ],
)
def test_rules_for_everybody(path: str, allowed: bool) -> None:
    rules = robots.read(ROBOTS, "somebody")
    assert rules.allows(path) is allowed
    assert rules.delay == 3


def test_rules_for_us_replace_those_for_everybody() -> None:
    rules = robots.read(ROBOTS, "smallplaces")
    assert rules.allows("/private/x")
    assert not rules.allows("/only-ours/x")
    assert rules.delay == 0


@pytest.mark.parametrize(
    "text", ["", "\ufeff", "<html>not robots</html>", "Disallow: /\n", "User-agent: *\nDisallow:\n"]
)
def test_robots_without_rules_allow(text: str) -> None:
    assert robots.read(text, "smallplaces").allows("/x")


def test_everything_may_be_forbidden() -> None:
    rules = robots.read("User-agent: *\nDisallow: /", "smallplaces")
    assert not rules.allows("/")
    assert not rules.allows("/api/symbol/access?s=A%2F1")


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://a.example.org/b/c.json", "a.example.org/b/c.json"),
        ("https://a.example.org/", "a.example.org/index.html"),
        ("https://a.example.org", "a.example.org/index.html"),
        ("https://a.example.org/b?s=A%2F1&l=en", "a.example.org/b%3Fs=A%2F1&l=en"),
        ("https://a.example.org/b?s=A/1", "a.example.org/b%3Fs=A%2F1"),
    ],
)
def test_the_place_of_an_address(address: str, path: str) -> None:
    assert str(path_of(address)) == path


def test_long_names_are_shortened_and_stay_apart() -> None:
    one, two = (path_of(f"https://a.example.org/x?enc={'k' * 300}{end}") for end in "12")
    assert len(one.name) < 200
    assert one != two


@pytest.mark.parametrize(
    "address",
    ["ftp://a.example.org/x", "https:///x", "https://a.example.org/../../x", "https://a.example.org/a//b", "x"],
)
def test_addresses_without_a_place(address: str) -> None:
    with pytest.raises(BadInput):
        path_of(address)


@pytest.mark.parametrize(
    "place", ["a.example.org/b%3Fs=A%2F1", "a.example.org/b?s=A%2F1", "a.example.org/b?s=A/1", "b%3Fs=A%2F1", "b?s=A/1"]
)
def test_spellings_of_a_place_in_a_folder(tmp_path: Path, place: str) -> None:
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / place).write_bytes(b"x")
    assert Mirror(folder=tmp_path).file("https://a.example.org/b?s=A%2F1") == tmp_path / place


def test_no_address_leads_out_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    (tmp_path / "mirror" / "a.example.org" / "x?y=").mkdir(parents=True)
    mirror = Mirror(folder=tmp_path / "mirror")
    for address in ("https://a.example.org/x?y=%2F..%2F..%2F..%2Fsecret", "https://a.example.org/..%2Fsecret"):
        assert mirror.file(address) is None


@pytest.mark.parametrize("text", ["/no/such/folder", "ftp://x.example.org", "http://u@x.example.org", "http://x/?q=1"])
def test_what_is_no_mirror(text: str) -> None:
    with pytest.raises(BadInput):
        mirror_of(text)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"\r\n%PDF-1.4", "pdf"),
        (b"PK\x03\x04", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
        (b"{\\rtf1", "rtf"),
        (b"\xef\xbb\xbf [{}]", "json"),
        (b"<!doctype HTML>", "html"),
        (b"<?xml version='1.0'?><html>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b"<?xml version='1.0'?><udhr>", "xml"),
        (b"just words", "text"),
        (b"\x00\x01\x02", "unknown"),
        (b"  \n", "empty"),
    ],
)
def test_kinds(head: bytes, kind: str) -> None:
    assert kind_of(head) == kind


def test_a_word_document_is_a_zip_file_to_the_eye() -> None:
    assert answers("zip", ("pdf", "docx"))
    assert not answers("html", ("pdf", "docx"))
    assert answers("text", ())


@pytest.mark.parametrize(
    ("kind", "end"), [("pdf", b"%%EOF\r\n"), ("zip", b"PK\x05\x06" + bytes(18)), ("json", b"}]\n")]
)
def test_ends(tmp_path: Path, kind: str, end: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 40_000 + end)
    assert is_whole(path, kind)
    path.write_bytes(b"x" * 40_000)
    assert not is_whole(path, kind)


PAGE = b"""<html><body><table>
<a title="English  PDF" href="https://files.example.org/get?enc=aa%2F&amp;x=1">x</a>
<a href='/other.docx'>French docx</a><a title="English pdf" href="/second">y</a><a name="none">Spanish pdf</a>
</table></body></html>"""


def test_links_by_their_title_or_text() -> None:
    here = "https://page.example.org/a/b"
    assert linked(PAGE, here, ["English doc", "English pdf"]) == "https://files.example.org/get?enc=aa%2F&x=1"
    assert linked(PAGE, here, ["French pdf", "French docx"]) == "https://page.example.org/other.docx"
    assert linked(PAGE, here, ["Spanish pdf"]) == ""
    assert linked(b"\xff\x00<", here, ["English pdf"]) == ""


def test_likely_symbols() -> None:
    held = ["CRPD/C/KOR/CO/1", "CRPD/C/KOR/CO/2-3", "CRPD/C/KOR/Q/2-3", "CRPD/C/PRK/CO/9"]
    guesses = likely.next_symbols(held, "KOR", "CRPD")
    assert not set(guesses) & set(held)
    assert guesses[0] == "CRPD/C/KOR/CO/2-3/Add.1"
    assert {"CRPD/C/KOR/RQ/2-3", "CRPD/C/KOR/CO/4", "CRPD/C/KOR/QPR/4-6", "CRPD/C/KOR/4-5"} <= set(guesses)
    assert len(guesses) < 30


def test_likely_symbols_of_other_bodies() -> None:
    assert "E/C.12/KOR/CO/5" in likely.next_symbols(["E/C.12/KOR/CO/4"], "KOR", "CESCR")
    assert "CAT/C/KOR/CO/1" in likely.next_symbols([], "KOR", "CAT")
    reviews = likely.next_symbols(["A/HRC/WG.6/42/KOR/1"], "KOR", "UPR")
    assert reviews[:3] == ["A/HRC/WG.6/42/KOR/2", "A/HRC/WG.6/42/KOR/3", "A/HRC/WG.6/56/KOR/1"]
    assert likely.next_symbols([], "KOR", "UPR") == []
    assert likely.next_symbols(["A/HRC/1/1"], "KOR", "HRC") == []


def test_addresses_of_sources_are_data() -> None:
    fetched = {source.description.name: source.description.fetch for source in registry.all()}
    assert {name for name, places in fetched.items() if places} == {"un_documents", "uhri", "udhr"}
    for place in (place for places in fetched.values() for place in places):
        assert isinstance(place, Address)
        assert place.address.startswith("https://")


@pytest.mark.parametrize(
    ("fetch", "said"),
    [
        ("fetch: https://a.example.org", "must be a list"),
        ("fetch: [{title: a, address: 'https://a', kinds: [pdf]}]", "lacks the field languages"),
        (
            "fetch: [{title: a, address: 'https://a', kinds: [pdf], languages: {en: en}, colour: 1}]",
            "know the field colour",
        ),
        ("fetch: [{title: a, address: 'https://a', kinds: pdf, languages: {en: en}}]", "fetch.kinds is not"),
        ("fetch: [{title: a, address: 'https://a', kinds: [pdf], languages: [en]}]", "fetch.languages is not"),
        ("fetch: [{title: a, address: 'file:///a', kinds: [pdf], languages: {en: en}}]", "must be an http address"),
        (
            "fetch: [{title: a, address: 'https://a', kinds: [pdf], languages: {en: en}, limit: 0}]",
            "fetch.limit is not",
        ),
    ],
)
def test_addresses_are_read_strictly(tmp_path: Path, fetch: str, said: str) -> None:
    folder = tmp_path / "invented"
    folder.mkdir()
    words = "title: a\npublisher: b\naddress: c\nlicence: d\nlanguages: [en]\nfinds: [x]\n"
    (folder / "source.yml").write_text(words + fetch + "\n", encoding="utf-8")
    with pytest.raises(BadFile, match=said):
        describe(folder)
