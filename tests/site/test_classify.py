"""Training from the store and classifying at the command line. Every document here is invented."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings
from tests.site.command import environment
from tests.site.test_store import save

from smallplaces.enrich.classify import Example, load_all
from smallplaces.enrich.classify.train import folds
from smallplaces.model.document import Edition, Kind, Label, Paragraph, ParagraphKind, Parcel, Work
from smallplaces_site.actions.train import models_folder, train_models

WISHES = (("Bring clean water to {}", "Right to water"), ("Open schools in {}", "Right to education"))


@pytest.mark.django_db
def test_training_reads_the_labels_of_the_store(settings: LazySettings, tmp_path: Path) -> None:
    settings.HOME = str(tmp_path)
    for number in range(12):
        paragraphs = tuple(
            Paragraph(
                text=text.format(f"place {number}"),
                number=str(at),
                kind=ParagraphKind.RECOMMENDATION,
                labels=(Label("theme", "upr-info", label),),
            )
            for at, (text, label) in enumerate(WISHES, start=1)
        )
        work = Work(key=f"upr:XX{chr(65 + number)}/1", kind=Kind.UPR_REPORT, states=(f"XX{chr(65 + number)}",))
        save(Parcel(work=work, edition=Edition(lang="en"), paragraphs=paragraphs))
    told: list[str] = []
    (made,) = train_models(told.append)
    assert made.about.labels == ("Right to education", "Right to water")
    assert made.about.examples == 24
    assert any("action/upr-info: too few examples" in line for line in told)
    (kept,) = load_all(models_folder())
    assert kept.about == made.about
    assert kept.labels("Open schools in a new place")[0].label == "Right to education"


def test_one_bad_line_never_stops_the_others(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models/theme-upr-info.npz").write_bytes(b"damaged")
    lines = [
        b'{"id": "a", "text": "Abolish the death penalty in Exampland", "lang": "en"}',
        b"no json",
        b"\xff\xfe",
        b'["a list"]',
        b'{"id": "b", "text": ""}',
        b'{"id": "c", "text": "Een zin", "lang": "nl"}',
        '{"id": "d", "text": "위원회는 난민의 교육을 보장할 것을 권고한다.", "lang": "ko"}'.encode(),
    ]
    run = subprocess.run(
        [sys.executable, "-m", "smallplaces_site.cli", "classify", "--json"],
        input=b"\n".join(lines),
        capture_output=True,
        check=False,
        env=environment(tmp_path),
    )
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.returncode == 1, run.stderr.decode()
    assert b"not used" in run.stderr
    assert len(answers) == len(lines)
    assert ["error" in answer for answer in answers] == [False, True, True, True, True, True, False]
    assert answers[4]["id"] == "b"
    assert "Death penalty" in {theme["label"] for theme in answers[0]["themes"]}
    assert "Refugees & asylum-seekers" in {group["label"] for group in answers[-1]["groups"]}
    assert {"id", "kind", "themes", "groups", "sdgs", "actions"} <= set(answers[0])


def test_no_state_stands_on_both_sides_of_a_split() -> None:
    found = [Example(f"Invented wish {n}", ("water",), f"state {n % 17}") for n in range(200)]
    held_back = []
    for known, held in folds(found, 5):
        assert not {found[at].unit for at in known} & {found[at].unit for at in held}
        assert len(known) + len(held) == len(found)
        held_back += list(held)
    assert sorted(held_back) == list(range(len(found)))
