"""Fetching end to end: a real server, or a folder, in place of the public addresses; the store; watching."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import docx
import pytest
from filelock import FileLock
from lxml import etree
from tests.core import fetch_server as server
from tests.core.fetch_server import Site
from tests.site.command import run, run_json
from tests.site.invented import uhri_export

from smallplaces.errors import BadFile
from smallplaces.sources.exchange import Manners
from smallplaces.sources.mirror import Mirror, path_of
from smallplaces_site.actions.fetch import DOCUMENTS, FetchResult, Target, client, fetch, targets
from smallplaces_site.actions.import_files import import_files
from smallplaces_site.actions.watch import Watched, watch
from smallplaces_site.cli.main import main
from smallplaces_site.corpus.models import RawFile, Run
from smallplaces_site.corpus.read import documents

pytestmark = pytest.mark.django_db

SYMBOL = "CRPD/C/KOR/CO/97"  # invented
QUICK = Manners(pause=0.0, attempts=2, first_wait=0.01, silence=5.0)
ODS = "/documents.un.org/api/symbol/access?s={}&l={}&t=pdf"
PAGE = "/tbinternet.ohchr.org/_layouts/15/treatybodyexternal/Download.aspx?symbolno={}&Lang=en"
FILE = "https://docstore.ohchr.org/SelfServices/FilesHandler.ashx?enc=invented%2F{}"


@pytest.fixture
def site() -> Iterator[Site]:
    with server.serving() as site:
        yield site


def word_document(symbol: str, count: int = 12) -> bytes:
    """Invented observations as a Word document."""
    made = docx.Document()
    for line in ("United Nations", symbol, "Distr.: General", "5 May 2025", "Original: English"):
        made.add_paragraph(line)
    made.add_paragraph("Concluding observations on the invented report of Exampland")
    for number in range(1, count + 1):
        made.add_paragraph(
            f"{number}.\tThe Committee recommends that invented town {number} build a ramp by {2025 + number}."
        )
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def publish(site: Site, symbol: str, data: bytes) -> None:
    """Serve a document as the treaty bodies do: a page that leads to the file; the document system has a web page."""
    place = quote(symbol, safe="")
    site.put(ODS.format(place, "en"), server.plain(server.PAGE, "text/html"))
    link = FILE.format(place.replace("%", "-"))
    page = f'<html><body><a title="English docx" href="{link}">docx</a></body></html>'
    site.put(PAGE.format(place), server.plain(page.encode(), "text/html"))
    site.put(link.removeprefix("https:/"), server.well_kept(data))


def get(site: Site, *wanted: Target) -> FetchResult:
    with client(Mirror(url=site.url), QUICK) as web:
        return fetch(list(wanted), web, index=False)


def test_a_document_that_only_a_page_leads_to(site: Site, home: Path) -> None:
    publish(site, SYMBOL, word_document(SYMBOL))
    result = get(site, Target(DOCUMENTS, "en", SYMBOL))
    assert [(got.status, got.message) for got in result.got] == [("new", "")]
    assert result.clean
    work = documents.work(SYMBOL)
    edition = work.edition("en")
    assert edition is not None
    assert [p.number for p in documents.paragraphs(edition.id) if p.number] == [str(n) for n in range(1, 13)]
    raw = RawFile.objects.get()
    assert raw.address == result.got[0].address == FILE.format(quote(SYMBOL, safe="").replace("%", "-"))
    assert raw.received.isoformat() == result.got[0].at


def test_nothing_new_is_no_new_import(site: Site, home: Path) -> None:
    publish(site, SYMBOL, word_document(SYMBOL))
    get(site, Target(DOCUMENTS, "en", SYMBOL))
    result = get(site, Target(DOCUMENTS, "en", SYMBOL))
    assert [got.status for got in result.got] == ["unchanged"]
    assert result.imported == []
    assert Run.objects.count() == 1


def test_a_new_version_is_a_change(site: Site, home: Path) -> None:
    publish(site, SYMBOL, word_document(SYMBOL))
    get(site, Target(DOCUMENTS, "en", SYMBOL))
    publish(site, SYMBOL, word_document(SYMBOL, 13))
    result = get(site, Target(DOCUMENTS, "en", SYMBOL))
    assert [got.status for got in result.got] == ["changed"]
    assert (result.imported[0].new, result.imported[0].changed, result.imported[0].withdrawn) == (1, 0, 0)
    assert result.imported[0].unchanged >= 12


def test_another_document_than_was_asked_for_is_refused(site: Site, home: Path) -> None:
    publish(site, SYMBOL, word_document("CRPD/C/PRK/CO/98"))
    result = get(site, Target(DOCUMENTS, "en", SYMBOL))
    assert [got.status for got in result.got] == ["refused"]
    assert "sent CRPD/C/PRK/CO/98 instead" in result.got[0].message
    assert Run.objects.count() == 0


def test_one_that_fails_stops_no_other(site: Site, home: Path) -> None:
    publish(site, SYMBOL, word_document(SYMBOL))
    site.put(ODS.format("A%2F97%2F1", "en"), server.plain(server.PAGE))
    site.put(ODS.format("A%2F97%2F2", "en"), server.status(503))
    wanted = [Target(DOCUMENTS, "en", symbol) for symbol in ("A/97/1", "A/97/2", "A/97/3", SYMBOL)]
    result = get(site, *wanted, Target(DOCUMENTS, "ko", SYMBOL))
    assert [got.status for got in result.got] == ["refused", "refused", "absent", "new", "not-published"]
    messages = [got.message for got in result.got]
    assert "a web page instead of a PDF" in messages[0]
    assert "busy or broken (503)" in messages[1]
    assert "no such file" in messages[2]
    assert "no language of the United Nations" in messages[4]
    assert not result.clean


def test_a_page_that_leads_elsewhere_is_not_followed(site: Site, home: Path) -> None:
    publish(site, SYMBOL, b"")
    for link in ("https://elsewhere.example.org/x", "http://169.254.169.254/x", "file:///etc/passwd"):
        page = f'<html><a title="English pdf" href="{link}">pdf</a></html>'
        site.put(PAGE.format(quote(SYMBOL, safe="")), server.plain(page.encode()))
        result = get(site, Target(DOCUMENTS, "en", SYMBOL))
        assert result.got[0].status == "refused"
        assert "leads to another host" in result.got[0].message


def test_the_export_of_the_index(site: Site, home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    data = uhri_export(tmp_path_factory.mktemp("uhri"), 60).read_bytes()
    site.put("/dataex.ohchr.org/uhri/export-results/export-full-en.json", server.well_kept(data))
    result = get(site, *targets(["uhri"], ["en"]))
    assert [(got.status, got.size) for got in result.got] == [("new", len(data))]
    assert result.imported[0].new == 60
    assert RawFile.objects.get().address == "https://dataex.ohchr.org/uhri/export-results/export-full-en.json"


def test_the_newer_address_of_the_index_will_do(
    site: Site, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = uhri_export(tmp_path_factory.mktemp("uhri"), 6).read_bytes()
    site.put("/uhri.ohchr.org/api/uhri/export-results/export-full-fr.json", server.well_kept(data))
    assert [got.status for got in get(site, *targets(["uhri"], ["fr"])).got] == ["new"]


def assembly() -> bytes:
    """The Declaration as its assembly holds it, in two invented languages, one of them damaged."""
    stream = io.BytesIO()
    entry = "<udhr f='{0}' iso639-3='{0}' iso15924='Latn' bcp47='{0}' dir='ltr' stage='4' n='Invented {0}'/>"
    article = (
        "<article number='{0}'><title>Article {0}</title><orderedlist><listitem><para>Words {0}.</para></listitem>"
    )
    article += "<listitem><para>More.</para></listitem></orderedlist></article>"
    version = (
        "<udhr xmlns='http://efele.net/udhr'><title>Invented</title><preamble><title>P</title><para>Whereas.</para>"
    )
    version += "</preamble>" + "".join(article.format(n) for n in range(1, 31)) + "</udhr>"
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("udhr/index.xml", "<udhrs>" + "".join(map(entry.format, ("qaa", "qab", "qac"))) + "</udhrs>")
        packed.writestr("udhr/udhr_qaa.xml", version)
        packed.writestr("udhr/udhr_qab.xml", "<!DOCTYPE x [<!ENTITY a 'aaaa'>]><udhr>&a;</udhr>")
        packed.writestr("udhr/udhr_qac.xml", "<udhr><title>broken")
    return stream.getvalue()


def test_the_declaration(site: Site, home: Path) -> None:
    site.put("/www.unicode.org/udhr/assemblies/udhr_xml.zip", server.well_kept(assembly()))
    result = get(site, *targets(["udhr"], ["en"]))
    assert [got.status for got in result.got] == ["new"]
    outcome = result.imported[0]
    assert (outcome.new, outcome.refused) == (31, 2)
    edition = documents.work("udhr").edition("qaa")
    assert edition is not None
    assert documents.paragraph(edition.id, "30").text == "Words 30.\nMore."


def test_words_that_name_nothing() -> None:
    with pytest.raises(BadFile, match="neither a symbol"):
        targets(["poetry"], ["en"])
    assert targets(["crpd c kor co 2-3", "CRPD/C/KOR/CO/2-3"], ["en", "fr"]) == [
        Target(DOCUMENTS, "en", "CRPD/C/KOR/CO/2-3"),
        Target(DOCUMENTS, "fr", "CRPD/C/KOR/CO/2-3"),
    ]


def look(site: Site, *, states: list[str], bodies: list[str]) -> Watched:
    with client(Mirror(url=site.url), QUICK) as web:
        return watch(states, bodies, ["en"], web)


def test_watching_by_likely_symbols(site: Site, home: Path) -> None:
    publish(site, "CRPD/C/KOR/CO/2-3", word_document("CRPD/C/KOR/CO/2-3"))
    get(site, Target(DOCUMENTS, "en", "CRPD/C/KOR/CO/2-3"))
    publish(site, "CRPD/C/KOR/Q/4", word_document("CRPD/C/KOR/Q/4"))
    watched = look(site, states=["KOR"], bodies=["CRPD"])
    assert watched.means == "guesses"
    assert [(got.target, got.status) for got in watched.result.got] == [("CRPD/C/KOR/Q/4", "new")]
    assert "CRPD/C/KOR/CO/4" in watched.not_there
    assert watched.asked == len(watched.not_there) + 1
    assert documents.work("CRPD/C/KOR/Q/4").edition("en") is not None
    assert look(site, states=["KOR"], bodies=["CRPD"]).result.got == []


def test_a_server_that_fails_is_not_taken_for_nothing_new(site: Site, home: Path) -> None:
    site.put(ODS.format(quote("CAT/C/KOR/CO/1", safe=""), "en"), server.status(500))
    watched = look(site, states=["KOR"], bodies=["CAT"])
    assert "CAT/C/KOR/CO/1" not in watched.not_there
    assert len(watched.failed) == 1
    assert "busy or broken (500)" in watched.failed[0]
    assert not watched.clean
    for kind in ("Q", "QPR", "RQ"):
        site.put(ODS.format(quote(f"CAT/C/KOR/{kind}/1", safe=""), "en"), server.status(500))
    watched = look(site, states=["KOR"], bodies=["CAT"])
    assert (len(watched.failed), watched.asked) == (3, 3)


def test_watching_by_an_index(site: Site, home: Path) -> None:
    listed = [
        ("CRPD/C/KOR/FCO/96", "en"),
        ("CRPD/C/KOR/FCO/96", "fr"),
        ("CRPD/C/JPN/CO/96", "en"),
        ("CAT/C/KOR/CO/96", "en"),
    ]
    lines = [json.dumps({"symbol": symbol, "lang": lang}) for symbol, lang in listed]
    site.put("/index.jsonl", server.plain("\n".join([*lines, "{not json", "{}"]).encode() + b"}", "text/plain"))
    publish(site, "CRPD/C/KOR/FCO/96", word_document("CRPD/C/KOR/FCO/96"))
    watched = look(site, states=["KOR"], bodies=["CRPD"])
    assert (watched.means, watched.asked) == ("index", 1)
    assert [(got.target, got.lang, got.status) for got in watched.result.got] == [("CRPD/C/KOR/FCO/96", "en", "new")]


def folder_mirror(folder: Path, symbol: str, data: bytes) -> Path:
    address = f"https://documents.un.org/api/symbol/access?s={quote(symbol, safe='')}&l=en&t=pdf"
    path = folder / path_of(address)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return folder


def test_the_command_and_its_exit_codes(tmp_path: Path, site: Site) -> None:
    home = tmp_path / "home"
    publish(site, SYMBOL, word_document(SYMBOL))
    found = run_json(home, "fetch", SYMBOL.lower(), "--mirror", site.url)
    assert [(got["target"], got["status"]) for got in found["got"]] == [(SYMBOL, "new")]
    assert "town 12 build a ramp" in run(home, "show", SYMBOL, "--para", "12")
    assert "unchanged" in run(home, "fetch", SYMBOL, "--mirror", site.url)
    assert "not-published" in run(home, "fetch", SYMBOL, "--lang", "en,ko", "--mirror", site.url, code=1)
    publish(site, "CRPD/C/KOR/CO/95", word_document("CRPD/C/KOR/CO/95"))
    with FileLock(home / "lock"):
        assert run_json(home, "fetch", "CRPD/C/KOR/CO/95", "--mirror", site.url, code=3)["kind"] == "Locked"
    assert [got["status"] for got in run_json(home, "fetch", "CRPD/C/KOR/CO/95", "--mirror", site.url)["got"]] == [
        "new"
    ]
    watched = run_json(home, "fetch", "--watch", "--once", "--state", "KOR", "--body", "CRPD", "--mirror", site.url)
    assert watched["means"] == "guesses"
    run(home, "doctor")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["poetry"],
        [SYMBOL, "--lang", "e,"],
        [SYMBOL, "--mirror", "/no/such/folder"],
        ["--watch"],
        ["--watch", "--state", "Nowhere", "--body", "CRPD"],
        ["--watch", "--state", "KOR", "--body", "Poets"],
        ["--watch", "--state", "KOR", "--body", "CRPD", "--interval", "soon"],
        [SYMBOL, "--watch", "--state", "KOR", "--body", "CRPD"],
    ],
)
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["fetch", *arguments])
    assert left.value.code == 2
    assert "Error" in capsys.readouterr().err


@pytest.mark.corpus
def test_real_documents_from_a_server_and_from_a_folder(corpus: Path, tmp_path: Path, site: Site, home: Path) -> None:
    pdf = corpus / "crpd" / "pdf"
    names = {
        "CRPD/C/KOR/CO/2-3": ("Republic of Korea_2022_CRPD_C_KOR_CO_2-3.pdf", "en"),
        "CRPD/C/SLV/CO/2-3": ("El Salvador_2019_CRPD_C_SLV_CO_2-3.pdf", "es"),
    }
    for symbol, (name, lang) in names.items():
        data = (pdf / name).read_bytes()
        broken, good = server.well_kept(data, cut=90_000), server.well_kept(data)
        site.put(ODS.format(quote(symbol, safe=""), lang), broken, good)
    result = get(site, *(Target(DOCUMENTS, lang, symbol) for symbol, (_, lang) in names.items()))
    assert [got.status for got in result.got] == ["new", "new"], result.got
    work = documents.work("CRPD/C/KOR/CO/2-3")
    edition = work.edition("en")
    assert edition is not None
    assert "deinstitutionalization" in documents.paragraph(edition.id, "42").text
    assert work.distributed is not None
    assert RawFile.objects.filter(address__startswith="https://documents.un.org/").count() == 2
    # The same bytes under another symbol, from a folder: the document says what it is.
    mirror = folder_mirror(tmp_path / "mirror", "CRPD/C/KOR/CO/1", (pdf / names["CRPD/C/KOR/CO/2-3"][0]).read_bytes())
    with client(Mirror(folder=mirror), QUICK) as web:
        wrong = fetch([Target(DOCUMENTS, "en", "CRPD/C/KOR/CO/1")], web, index=False)
    assert "sent CRPD/C/KOR/CO/2-3 instead" in wrong.got[0].message


def assembled(versions: list[dict[str, Any]]) -> bytes:
    """The assembly of the Unicode project, made from the other packaging."""
    stream = io.BytesIO()
    index = etree.Element("udhrs")
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for version in versions:
            names = {"f": "code", "iso639-3": "iso639_3", "bcp47": "lang", "dir": "dir", "n": "name"}
            etree.SubElement(index, "udhr", {name: version[field] for name, field in names.items()})
            root = etree.Element("{http://efele.net/udhr}udhr")
            etree.SubElement(root, "title").text = version["title"]
            preamble = etree.SubElement(root, "preamble")
            for line in version["preamble"]:
                etree.SubElement(preamble, "para").text = line
            for entry in version["articles"]:
                article = etree.SubElement(root, "article", number=entry["number"])
                etree.SubElement(article, "title").text = entry["title"]
                for line in entry["paragraphs"]:
                    etree.SubElement(article, "para").text = line
            packed.writestr(f"udhr_{version['code']}.xml", etree.tostring(root, encoding="UTF-8"))
        packed.writestr("index.xml", etree.tostring(index, encoding="UTF-8"))
    return stream.getvalue()


@pytest.mark.corpus
def test_both_packagings_of_the_declaration_say_the_same(corpus: Path, site: Site, home: Path) -> None:
    path = corpus / "udhr" / "udhr_all_languages.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        data = assembled([json.loads(line) for line in lines])
    before = import_files([path], index=False).outcomes[0]
    site.put("/www.unicode.org/udhr/assemblies/udhr_xml.zip", server.well_kept(data))
    (after,) = get(site, *targets(["udhr"], [])).imported
    assert (after.read, after.refused, after.withdrawn) == (before.read, before.refused, 0)
    assert after.new + after.changed < 0.01 * before.read, after
