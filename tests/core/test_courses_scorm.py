"""A course as a SCORM 1.2 package: sound by what the specification asks, and damaged ones are found out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from smallplaces.courses import DATA, load
from smallplaces.courses.scorm import examine, package

INVENTED = load(Path(__file__).parents[1] / "data" / "courses")["first-steps"]
SITE = "https://rights.example.org"


def files(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def packed(contents: dict[str, str]) -> bytes:
    bundle = io.BytesIO()
    with zipfile.ZipFile(bundle, "w") as archive:
        for name, text in contents.items():
            archive.writestr(name, text)
    return bundle.getvalue()


@pytest.mark.parametrize("lang", ["en", "ko", "ar"])
def test_a_package_is_sound_and_always_the_same(lang: str) -> None:
    content = package(INVENTED, lang, SITE)
    assert examine(content) == []
    assert content == package(INVENTED, lang, SITE)


@pytest.mark.parametrize("course_id", sorted(load()))
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_course_of_ours_packs(course_id: str, lang: str) -> None:
    assert examine(package(load(DATA)[course_id], lang, SITE)) == []


def test_every_lesson_is_a_sco_with_a_mastery_score() -> None:
    held = files(package(INVENTED, "en", SITE))
    manifest = held["imsmanifest.xml"]
    assert manifest.count('adlcp:scormtype="sco"') == 3
    assert manifest.count("<adlcp:masteryscore>80</adlcp:masteryscore>") == 2
    assert {"00-course.html", "01-two-doors.html", "02-say-it-short.html", "sco.js", "style.css"} <= set(held)


def test_links_lead_to_the_site_in_a_window_of_their_own() -> None:
    lesson = files(package(INVENTED, "ko", SITE))["01-two-doors.html"]
    assert f'href="{SITE}/ko/learn/first-steps/01-two-doors/#exercise-1" target="_blank"' in lesson
    assert f'<a href="{SITE}/ko/search?q=' in lesson
    assert "site:" not in lesson
    assert '<html lang="ko" dir="ltr">' in lesson


def test_a_page_loads_nothing_from_elsewhere() -> None:
    for name, text in files(package(INVENTED, "en", SITE)).items():
        if name.endswith(".html"):
            assert 'src="http' not in text
            assert '<link rel="stylesheet" href="style.css">' in text


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("imsmanifest.xml", "<schemaversion>1.2<", "<schemaversion>2004<", "do not say ADL SCORM 1.2"),
        ("imsmanifest.xml", 'default="course"', 'default="other"', "the default organization is not there"),
        ("imsmanifest.xml", 'identifierref="res-01-two-doors"', 'identifierref="res-x"', "leads to no resource"),
        ("imsmanifest.xml", 'href="02-say-it-short.html"', 'href="x.html"', "does not list the file that it opens"),
        ("imsmanifest.xml", 'identifier="item-00-course"', 'identifier="7 a"', "is no identifier"),
        ("imsmanifest.xml", 'scormtype="asset"', 'scormtype="thing"', "neither sco nor asset"),
        ("imsmanifest.xml", ">80<", ">800<", "no number from 0 to 100"),
        ("imsmanifest.xml", "<title>Two doors</title>", "<title/>", "has no title"),
        ("imsmanifest.xml", "</manifest>", "", "is not XML"),
    ],
)
def test_a_damaged_manifest_is_found_out(file: str, old: str, new: str, said: str) -> None:
    held = files(package(INVENTED, "en", SITE))
    assert old in held[file]
    held[file] = held[file].replace(old, new, 1)
    assert any(said in fault for fault in examine(packed(held))), examine(packed(held))


def test_missing_strange_and_escaping_files_are_found_out() -> None:
    held = files(package(INVENTED, "en", SITE))
    without = {name: text for name, text in held.items() if name != "sco.js"}
    assert any("names sco.js, which is not in the package" in fault for fault in examine(packed(without)))
    assert any("evil.html is named by no resource" in fault for fault in examine(packed({**held, "evil.html": "x"})))
    assert any("leads out of the package" in fault for fault in examine(packed({**held, "../x": "x"})))
    assert examine(packed({"readme": "x"})) == ["no imsmanifest.xml at the root"]
    assert examine(b"nothing") == ["not a ZIP file"]
