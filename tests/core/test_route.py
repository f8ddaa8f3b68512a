"""Whose a recommendation is. Every sentence here is invented."""

from __future__ import annotations

import pytest

from smallplaces.enrich.route import METHOD, VERSION, route

WHOSE = [
    ("en", "Ratify the Convention on Invented Matters", "national"),
    ("en", "Amend the Criminal Code of Exampland", "national"),
    ("en", "Train public officials of every town", "ours"),
    ("en", "Ensure the accessibility of public buildings", "ours"),
    ("en", "Build shelters for victims of domestic violence", "ours"),
    ("en", "Amend the Criminal Code and build shelters for victims of domestic violence", "shared"),
    ("en", "Train judges and prosecutors", "national"),
    ("en", "Take note of the above", "unclear"),
    ("en", "Prohibit discrimination by private landlords", "national"),
    ("en", "Limit the uses of resident registration numbers", "national"),
    ("en", "Improve health care in prisons", "national"),
    ("en", "Carry out awareness campaigns on the punishment of ill-treatment of children", "shared"),
    ("en", "Ensure that voting is accessible to persons with disabilities", "national"),
    ("ko", "주민등록 제도를 개선할 것", "national"),
    ("ko", "자치경찰의 역할을 강화할 것", "shared"),
    ("ko", "형법을 개정할 것", "national"),
    ("ko", "공공건물의 접근성을 보장할 것", "ours"),
    ("ko", "가정폭력 피해자를 위한 쉼터를 확충할 것", "ours"),
    ("ko", "형법을 개정하고 가정폭력 피해자를 위한 쉼터를 확충할 것", "shared"),
    ("fr", "Ratifier la Convention", "national"),
    ("fr", "Ouvrir des foyers pour les femmes victimes de violences", "ours"),
    ("es", "Ratificar la Convención", "national"),
    ("es", "Abrir albergues para las mujeres víctimas de violencia", "ours"),
    ("ar", "التصديق على الاتفاقية", "national"),
    ("ar", "بناء ملاجئ للنساء ضحايا العنف", "ours"),
    ("ru", "Ратифицировать Конвенцию", "national"),
    ("ru", "Открыть приюты для женщин, пострадавших от насилия", "ours"),
    ("zh", "批准该公约", "national"),
    ("zh", "为受害妇女修建庇护所", "ours"),
]


@pytest.mark.parametrize(("lang", "text", "verdict"), WHOSE)
def test_whose_it_is(lang: str, text: str, verdict: str) -> None:
    found = route(text, lang, "province", "KOR")
    assert found.verdict == verdict, found.reasons
    assert (found.method, found.version) == (METHOD, VERSION)
    assert 0 <= found.confidence <= 1


@pytest.mark.parametrize(("lang", "text", "verdict"), WHOSE)
def test_the_words_that_decided_stand_in_the_text(lang: str, text: str, verdict: str) -> None:
    for why in route(text, lang, "province", "KOR").reasons:
        assert why.sentence in text
        assert why.evidence and all(words in why.sentence for words in why.evidence)


def test_two_things_asked_have_a_reason_each() -> None:
    found = route("Amend the Criminal Code and build shelters for victims", "en", "municipality", "KOR")
    assert [why.whose for why in found.reasons] == ["national", "local"]
    assert found.department == "women-family"
    assert found.basis == ("LAA art. 13(2)2",)


def test_sub_items_are_routed_one_by_one() -> None:
    text = "The Committee recommends that Exampland:\n(a) Repeal article 0 of the Penal Code;\n(b) Provide housing."
    found = route(text, "en", "municipality", "KOR")
    assert [(why.whose, why.sentence[:3]) for why in found.reasons] == [("national", "(a)"), ("shared", "(b)")]
    assert (found.verdict, found.head, found.department) == ("shared", "13-2-4-housing", "housing")


def test_of_whom_something_is_asked_does_not_make_it_local() -> None:
    text = (
        "Amend the Criminal Code, including for women with disabilities; Take all measures for women with disabilities"
    )
    assert route(text, "en", "province", "KOR").level == "national"


def test_autonomous_police_is_the_provinces_beside_the_state() -> None:
    assert route("Strengthen community policing", "en", "province", "KOR").basis == ("Police Act art. 4",)
    assert route("Strengthen the police", "en", "province", "KOR").level == "national"


def test_schools_are_the_offices_of_education() -> None:
    text = "Train teachers of every school"
    said = {level: route(text, "en", level, "KOR").verdict for level in ("province", "municipality", "authority")}
    assert said == {"province": "ours", "municipality": "province", "authority": "ours"}


def test_the_fire_service_is_the_provinces() -> None:
    text = "소방시설을 확충할 것"
    said = [route(text, "ko", level, "KOR") for level in ("province", "municipality")]
    assert [(one.verdict, one.level) for one in said] == [("ours", "province"), ("province", "province")]


def test_labels_are_read_when_the_words_lead_nowhere() -> None:
    assert route("Continue the good work", "en", "province", "KOR").verdict == "unclear"
    assert route("Continue the good work", "en", "province", "KOR", ["Right to health"]).verdict == "shared"


def test_another_state_is_told_by_the_generic_crosswalk() -> None:
    found = route("Expand public libraries", "en", "municipality", "FRA")
    assert found.verdict == "ours" and found.basis == ("COFOG 08",)
