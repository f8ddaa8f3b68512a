"""Whose demands are: what a machine claims of the invented example set, what people decide of it, and that what they
decide outlives re-running, re-import and retraining."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from smallplaces.enrich import assess
from smallplaces.errors import BadInput, NotFound
from smallplaces_site.actions import train
from smallplaces_site.actions.admit import Place, admit
from smallplaces_site.actions.claim import claim_changes
from smallplaces_site.actions.decide_competence import Chosen, decide_competence
from smallplaces_site.actions.decide_label import Named, decide_label
from smallplaces_site.actions.example import load_example, remove_example
from smallplaces_site.actions.lock import writing
from smallplaces_site.corpus.models import Change, Mark, Paragraph
from smallplaces_site.corpus.read import places
from smallplaces_site.local import read
from smallplaces_site.local.export import corrections
from smallplaces_site.local.models import Claim, CompetenceDecision, LabelDecision
from smallplaces_site.local.queue import queue
from smallplaces_site.people.models import Deed, Membership, User
from smallplaces_site.people.rights import Forbidden

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example")]

OBSERVATIONS, REVIEW, FORMER = "CRPD/C/XXE/CO/1", "upr:XXE/44", "upr:XXE/33"
TRANSPORT = Chosen("municipality", "", "transport")


@pytest.fixture
def example(home: Path) -> Path:
    load_example()
    return home


def para(key: str, work: str = OBSERVATIONS, lang: str = "en") -> int:
    return Paragraph.objects.get(edition__work__key=work, edition__lang=lang, key=key).pk


def officer() -> User:
    return admit("o@example.org", "officer", "Commission of Exampland", Place(state="XXE"), name="A. Officer").user


def of_harbourton() -> Membership:
    return admit("c@example.org", "contributor", "City of Harbourton", Place("local", "XXE", "XXE/example/N1"))


def level(key: str, work: str = OBSERVATIONS) -> str:
    pk = para(key, work)
    return read.competence_of([pk])[pk].level


def claimed(key: str) -> Named:
    """The surest label that the machine gave to a paragraph of the observations."""
    first = read.labels_of([para(key)])[para(key)][0]
    return Named(first.facet, first.scheme, first.label)


def run_again() -> None:
    with writing("test"):
        claim_changes(again=True)


# -- what a machine claims -------------------------------------------------------------------------------------------


def test_an_import_claims_whose_each_demand_is_with_reasons() -> None:
    whose = read.competence_of([para("21")], places.get("N1"))[para("21")]
    assert (whose.level, whose.verdict, whose.method, whose.decided) == ("national", "national", "rules", None)
    assert whose.reason
    assert whose.reason.words
    assert all(word in whose.reason.sentence for word in whose.reason.words)
    assert whose.version == Mark.objects.get(name="local").version


def test_what_asks_nothing_has_no_competence() -> None:
    assert para("20") not in read.competence_of([para("20")])  # a concern
    assert Claim.objects.get(work__key=OBSERVATIONS, key="20").kind == "concern"


def test_one_claim_holds_for_every_language_of_a_paragraph() -> None:
    langs = ["en", "ko"]
    rows = [para("13", lang=lang) for lang in langs]
    assert Claim.objects.filter(work__key=OBSERVATIONS, key="13").count() == 1
    found = read.competence_of(rows)
    assert found[rows[0]] == found[rows[1]]


def test_what_is_asked_of_a_place_each_demand_once_newest_first() -> None:
    found = read.asked_of(places.get("N1"))
    assert {one.verdict for one in found} == {"ours", "shared"}
    assert len({(one.work_key, one.key) for one in found}) == len(found)
    assert [one.date for one in found] == sorted((one.date for one in found), reverse=True)
    again = next(one for one in found if one.key == "84.9")
    assert (again.first_year, again.times, again.position) == ("2019", 2, "supported")
    assert again.themes == ("Right to housing",)


def test_what_is_asked_is_chosen_by_department_theme_body_and_time() -> None:
    place = places.get("N1")
    assert {one.key for one in read.asked_of(place, department="housing")} == {"13", "84.9", "112.3"}
    assert {one.key for one in read.asked_of(place, theme="Right to housing")} == {"84.9", "112.3"}
    assert {one.body for one in read.asked_of(place, treaty="CRPD")} == {"CRPD"}
    assert {one.date for one in read.asked_of(place, until=date(2019, 12, 31))} == {"2019-05-10"}
    assert not read.asked_of(place, since=date(2025, 1, 1))
    assert read.asked_of(place, order="longest")[0].times == 2
    with pytest.raises(ValueError, match="no order"):
        read.asked_of(place, order="oldest")


def test_saying_it_again_changes_nothing_and_says_nothing() -> None:
    before = list(Claim.objects.order_by("pk").values())
    lines = Change.objects.count()
    run_again()
    assert list(Claim.objects.order_by("pk").values()) == before
    assert Change.objects.count() == lines


def test_what_is_taken_out_takes_its_claims_along() -> None:
    assert Claim.objects.exists()
    remove_example()
    assert not Claim.objects.exists()


def test_a_reader_killed_on_the_way_goes_on_from_there() -> None:
    version = Mark.objects.get(name="local").version
    Claim.objects.all().delete()
    Mark.objects.filter(name="local").update(underway=version, reached=0)
    with writing("test"):
        done = claim_changes()
    assert done.asking == Claim.objects.exclude(level="").count() > 20
    assert Mark.objects.get(name="local").underway == ""


# -- what people decide ----------------------------------------------------------------------------------------------


def test_a_correction_holds_in_every_language_and_is_signed() -> None:
    decide_competence(para("13"), "corrected", user=officer(), why="their buses", chosen=TRANSPORT)
    whose = read.competence_of([para("13", lang="ko")], places.get("N1"))[para("13", lang="ko")]
    assert (whose.level, whose.verdict, whose.department, whose.claimed) == (
        "municipality",
        "ours",
        "transport",
        "local",
    )
    assert whose.decided
    assert (whose.decided.who, whose.decided.why) == ("A. Officer, Commission of Exampland", "their buses")
    deed = Deed.objects.get(what="competence.decide")
    assert (deed.subject, deed.by) == (f"{OBSERVATIONS}#13", "A. Officer, Commission of Exampland")


def test_a_decision_keeps_what_the_machine_said_then() -> None:
    decide_competence(para("13"), "corrected", user=officer(), why="their buses", chosen=TRANSPORT)
    row = CompetenceDecision.objects.get()
    assert row.claimed["level"] == "local"
    assert row.claimed["reasons"]
    assert row.text.startswith("The Committee recommends")


def test_decisions_outlive_rerunning_another_version_and_reimport(monkeypatch: pytest.MonkeyPatch) -> None:
    user = officer()
    decide_competence(para("13"), "corrected", user=user, why="their buses", chosen=TRANSPORT)
    decide_label(para("13"), claimed("13"), "rejected", user=user, why="no")
    run_again()
    monkeypatch.setattr(assess, "VERSION", f"{assess.VERSION} and more")
    with writing("test"):
        done = claim_changes()
    assert done.before
    assert set(Claim.objects.values_list("version", flat=True)) == {done.version}
    assert level("13") == "municipality"
    remove_example()
    load_example()
    assert level("13") == "municipality"
    assert not read.labels_of([para("13")])[para("13")][0].holds


def test_a_correction_teaches_the_same_demand_elsewhere_as_a_proposal() -> None:
    decide_competence(para("84.9", REVIEW), "corrected", user=officer(), why="a statute", chosen=Chosen("national"))
    taught = read.competence_of([para("112.3", FORMER)])[para("112.3", FORMER)]
    assert (taught.level, taught.claimed, taught.decided, taught.method) == ("national", "shared", None, "same demand")
    assert taught.taught
    assert taught.taught_by.endswith("¶ 84.9")
    assert "taught" in next(item for item in queue("XXE") if item.asked.key == "112.3").because
    decide_competence(para("112.3", FORMER), "confirmed", user=officer())
    assert level("112.3", FORMER) == "national"


def test_taking_back_brings_the_machines_claim_again() -> None:
    decide_competence(para("13"), "corrected", user=officer(), why="their buses", chosen=TRANSPORT)
    decide_competence(para("13"), "withdrawn", user=officer())
    assert level("13") == "local"
    assert CompetenceDecision.objects.count() == 2  # nothing is ever taken out


def test_a_local_government_speaks_for_itself_alone() -> None:
    city = of_harbourton()
    decide_competence(
        para("13"), "corrected", user=city.user, why="not ours", chosen=Chosen("province"), place="XXE/example/N1"
    )
    whose = read.competence_of([para("13")])[para("13")]
    assert (whose.level, whose.decided) == ("local", None)
    assert [(one.place, one.level) for one in whose.opinions] == [("XXE/example/N1", "province")]
    for place in ("XXE/example/S1", "XXE/example/N", ""):
        with pytest.raises(Forbidden):
            decide_competence(para("13"), "confirmed", user=city.user, place=place)


def test_who_may_not_decide_is_refused_and_nothing_is_written() -> None:
    other = admit("x@example.org", "officer", "Commission of Modelia", Place(state="XXM")).user
    with pytest.raises(Forbidden):
        decide_competence(para("13"), "confirmed", user=other)
    with pytest.raises(Forbidden):
        decide_label(para("13"), claimed("13"), "confirmed", user=of_harbourton().user)
    assert not CompetenceDecision.objects.exists()
    assert not LabelDecision.objects.exists()


@pytest.mark.parametrize(
    ("verdict", "why", "chosen", "said"),
    [
        ("maybe", "", None, "no decision"),
        ("corrected", "", TRANSPORT, "Say why"),
        ("corrected", "so", None, "Say who is competent"),
        ("corrected", "so", Chosen("galaxy"), "Say who is competent"),
        ("corrected", "so", Chosen("shared", "99-9"), "no head of competence"),
        ("corrected", "so", Chosen("shared", "", "magic"), "no department"),
    ],
)
def test_a_decision_that_decides_nothing_is_refused(verdict: str, why: str, chosen: Chosen | None, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        decide_competence(para("13"), verdict, who="A. Tester", why=why, chosen=chosen)


def test_what_is_not_there_cannot_be_decided() -> None:
    with pytest.raises(NotFound):
        decide_competence(para("20"), "confirmed", who="A. Tester")
    with pytest.raises(NotFound):
        decide_label(para("13"), Named("theme", "uhri", "Torture"), "confirmed", who="A. Tester")
    with pytest.raises(BadInput, match="needs the name"):
        decide_competence(para("13"), "confirmed", who=" ")


def test_decisions_are_handed_to_whoever_writes_the_rules() -> None:
    decide_competence(para("13"), "corrected", who="A. Tester", why="their buses", chosen=TRANSPORT)
    decide_label(
        para("13"),
        Named("theme", "uhri", ""),
        "corrected",
        who="A. Tester",
        why="missing",
        instead="Right to education",
    )
    first, second = corrections("XXE")
    assert (first["kind"], first["said"]["level"], first["claimed"]["level"]) == ("competence", "municipality", "local")
    assert (second["kind"], second["said"]["instead"]) == ("label", "Right to education")
    assert list(corrections("XXM")) == []


# -- labels ----------------------------------------------------------------------------------------------------------


def test_a_corrected_label_stands_in_the_place_of_the_machines() -> None:
    was = claimed("13")
    decide_label(para("13"), was, "corrected", user=officer(), why="it is them", instead="Children")
    found = {one.label: one for one in read.labels_of([para("13", lang="ko")])[para("13", lang="ko")]}
    assert not found[was.label].holds
    assert found["Children"].holds
    assert found["Children"].method == "person"


def test_a_label_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadInput, match="no label called “Dragons”"):
        decide_label(para("13"), Named("theme", "uhri", ""), "corrected", who="A", why="so", instead="Dragons")
    with pytest.raises(BadInput, match="no goal or target"):
        decide_label(para("13"), Named("sdg", "sdg", ""), "corrected", who="A", why="so", instead="99.9")


def test_training_learns_from_people_and_overwrites_nothing() -> None:
    theme = ("theme", "uhri")
    assert not [one for task, one in train._examples() if task == theme]
    user = officer()
    decide_label(
        para("13"), Named("theme", "uhri", ""), "corrected", user=user, why="missing", instead="Right to education"
    )
    examples = [one for task, one in train._examples() if task == theme]
    assert [(one.labels, one.unit) for one in examples] == [(("Right to education",), "XXE")]
    assert train.corrected(("A", "B"), theme, LabelDecision.objects.all()) == ("A", "B", "Right to education")
    train.train_models()
    run_again()
    assert "Right to education" in {one.label for one in read.labels_of([para("13")])[para("13")] if one.holds}


# -- the queue -------------------------------------------------------------------------------------------------------


def test_the_queue_puts_first_what_is_worth_a_look_and_forgets_what_is_done() -> None:
    waiting = queue("XXE")
    assert waiting[0].worth == max(item.worth for item in waiting)
    assert next(item for item in waiting if item.asked.key == "84.11").because[0] == "unclear"
    assert {item.asked.body for item in queue("XXE", body="CRPD")} == {"CRPD"}
    assert {item.asked.date[:4] for item in queue("XXE", year="2019")} == {"2019"}
    assert {item.asked.department for item in queue("XXE", department="housing")} == {"housing"}
    decide_competence(waiting[0].asked.paragraph_id, "confirmed", user=officer())
    assert len(queue("XXE")) == len(waiting) - 1


def test_a_local_officials_queue_is_their_own() -> None:
    here = places.get("N1")
    first = queue("XXE", here)[0].asked.paragraph_id
    decide_competence(first, "confirmed", user=of_harbourton().user, place="XXE/example/N1")
    assert first not in {item.asked.paragraph_id for item in queue("XXE", here)}
    assert first in {item.asked.paragraph_id for item in queue("XXE")}
