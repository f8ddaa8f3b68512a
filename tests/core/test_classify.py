"""Classification: rules in seven languages, models from files without code. Every sentence here is invented."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
import yaml

from smallplaces.enrich.classify import Example, Model, classify, load, load_all, rules, train
from smallplaces.errors import BadFile, BadInput
from smallplaces.model.language import CODES
from smallplaces.vocab.labels import resolve_label
from smallplaces.vocab.sdg import resolve_sdg
from smallplaces.vocab.terms import terms

RECOMMENDED = {
    "en": "The Committee recommends that Exampland train judges on the rights of women and children with disabilities.",
    "ko": "위원회는 예시국이 여성과 장애아동의 권리에 관하여 법관 연수를 실시할 것을 권고한다.",
    "fr": "Le Comité recommande à l’Exemplie de former les juges aux droits des femmes et des enfants handicapés.",
    "es": "El Comité recomienda que Ejemplandia imparta capacitación a los jueces sobre los derechos de las mujeres y "
    "los niños con discapacidad.",
    "ru": "Комитет рекомендует Примерландии организовать подготовку судей по правам женщин и детей с инвалидностью.",
    "ar": "توصي اللجنة دولة المثال بتدريب القضاة على حقوق النساء والأطفال ذوي الإعاقة.",
    "zh": "委员会建议示例国为法官提供关于妇女和残疾儿童权利的培训。",
}
KINDS = {
    "concern": {
        "en": "The Committee is concerned at the state of prisons in Exampland.",
        "ko": "위원회는 예시국 교도소의 상태를 우려한다.",
        "fr": "Le Comité est préoccupé par l’état des prisons en Exemplie.",
        "es": "Preocupa al Comité el estado de las cárceles de Ejemplandia.",
        "ru": "Комитет обеспокоен состоянием тюрем в Примерландии.",
        "ar": "تشعر اللجنة بالقلق إزاء حالة السجون في دولة المثال.",
        "zh": "委员会对示例国监狱的状况表示关切。",
    },
    "commendation": {
        "en": "The Committee welcomes the new school law of Exampland.",
        "ko": "위원회는 예시국의 새 학교법 시행을 환영한다.",
        "fr": "Le Comité se félicite de la nouvelle loi scolaire de l’Exemplie.",
        "es": "El Comité acoge con satisfacción la nueva ley escolar de Ejemplandia.",
        "ru": "Комитет приветствует новый закон Примерландии о школах.",
        "ar": "ترحب اللجنة بقانون المدارس الجديد في دولة المثال.",
        "zh": "委员会欢迎示例国新的学校法。",
    },
    "request": {
        "en": "Please provide information on the prisons of Exampland.",
        "ko": "예시국 교도소에 관한 정보를 제공하여 주십시오.",
        "fr": "Veuillez donner des renseignements sur les prisons de l’Exemplie.",
        "es": "Sírvanse proporcionar información sobre las cárceles de Ejemplandia.",
        "ru": "Просьба представить информацию о тюрьмах Примерландии.",
        "ar": "يرجى تقديم معلومات عن السجون في دولة المثال.",
        "zh": "请说明示例国监狱的情况。",
    },
}


@pytest.mark.parametrize("lang", CODES)
def test_rules_say_whom_a_recommendation_concerns_and_what_it_asks(lang: str) -> None:
    found = classify(RECOMMENDED[lang], lang)
    assert found.kind.label == "recommendation"
    assert {"Women/girls", "Children", "Persons with disabilities"} <= {one.label for one in found.groups}
    assert {"Women's rights", "Rights of the Child", "Disabilities"} <= {
        one.label for one in found.themes if one.scheme == "upr-info"
    }
    assert {one.scheme for one in found.themes} == {"upr-info", "uhri"}
    assert "train" in {one.label for one in found.actions}
    assert "5" in {one.label for one in found.sdgs}
    for label in (*found.themes, *found.groups, *found.sdgs):
        assert label.evidence
        assert all(words in RECOMMENDED[lang] for words in label.evidence)
        assert label.method == "rules"
        assert label.version
        assert 0 < label.confidence < 1


@pytest.mark.parametrize(("kind", "lang"), [(kind, lang) for kind in KINDS for lang in CODES])
def test_rules_tell_kinds_apart(kind: str, lang: str) -> None:
    found = classify(KINDS[kind][lang], lang)
    assert found.kind.label == kind
    assert kind == "request" or not found.actions


def test_a_heading_says_what_stands_below_it() -> None:
    text = "The Committee supports the invented scheme, which recommends ramps."
    assert classify(text, "en").kind.label == "recommendation"
    assert classify(text, "en", heading="II. Positive aspects").kind.label == "commendation"
    assert classify(text, "en", heading="III. Principal areas of concern").kind.label == "recommendation"


def test_a_review_names_no_speaker() -> None:
    found = classify("Abolish the death penalty in Exampland", "en", upr=True)
    assert found.kind.label == "recommendation"
    assert [one.label for one in found.actions if one.scheme == "upr-info"] == ["5"]
    assert "Death penalty" in {one.label for one in found.themes}


def test_a_prefix_that_turns_a_word_round_is_read() -> None:
    assert "housing" in rules.spotted("예시국의 주거", "ko")
    assert "impunity" in rules.spotted("불처벌 문제", "ko")
    assert not rules.spotted("무종교 선언", "ko")


def test_words_that_only_share_a_stem_are_told_apart() -> None:
    found = rules.spotted("accessible national schools for minors", "en")
    assert not {"instruments", "stateless", "minorities"} & found.keys()
    assert "stateless" in rules.spotted("the right to a nationality", "en")
    assert "instruments" in rules.spotted("accession to the Convention", "en")


@pytest.mark.parametrize("text", ["", " … ", "?!"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="no words"):
        classify(text, "en")


def test_a_language_without_rules_is_refused() -> None:
    with pytest.raises(BadInput, match="no rules for the language"):
        classify("Dit is een verzonnen zin", "nl")


def test_every_label_and_concept_of_the_rules_exists() -> None:
    data = yaml.safe_load((files("smallplaces.enrich.classify") / "data/subjects.yml").read_text(encoding="utf-8"))
    for subject, entry in data.items():
        assert set(entry.get("concepts", ())) <= set(terms()), subject
        assert set(entry) <= {"concepts", "words", "unlike", "upr-info", "uhri", "groups", "sdgs"}, subject
        for scheme in ("upr-info", "uhri"):
            assert all(resolve_label(scheme, "theme", label) for label in entry.get(scheme, ())), (subject, scheme)
        assert all(resolve_label("lszoszk", "group", label) for label in entry.get("groups", ())), subject
        assert all(resolve_sdg(goal) for goal in entry.get("sdgs", ())), subject


def test_rules_speak_all_languages() -> None:
    data = yaml.safe_load((files("smallplaces.enrich.classify") / "data/asks.yml").read_text(encoding="utf-8"))
    for name, by_lang in (*data["kinds"].items(), *data["actions"].items(), ("openings", data["openings"])):
        assert set(by_lang) == set(CODES), name


def test_every_kind_and_action_has_a_name_in_every_language() -> None:
    data = yaml.safe_load((files("smallplaces.enrich.classify") / "data/asks.yml").read_text(encoding="utf-8"))
    for facet, names in (("kinds", (*data["kinds"], "other")), ("actions", data["actions"])):
        for lang in CODES:
            assert len({rules.called(facet, name, lang) for name in names}) == len(names)


def _examples() -> list[Example]:
    water = ("Repair the wells of {}", "Bring clean water to {}", "Keep the river of {} clean")
    books = ("Open libraries in {}", "Print books for {}", "Lend books to readers in {}")
    both = ("Bring water and books to {}",)
    labelled = [
        *((t, ("water",)) for t in water),
        *((t, ("books",)) for t in books),
        *((t, ("water", "books")) for t in both),
    ]
    return [
        Example(text.format(place), labels, place)
        for place in ("Onetown", "Twotown", "Threetown", "Fourtown", "Fivetown")
        for text, labels in labelled
    ]


@pytest.fixture(scope="module")
def trained() -> Model:
    return train(_examples(), facet="theme", scheme="upr-info", fewest=5)


def test_a_model_learns_and_says_by_which_words(trained: Model) -> None:
    (label,) = trained.labels("Lend books to all in Sixtown")
    assert label.label == "books"
    assert "books" in label.evidence
    assert label.method == "n-grams"
    assert label.confidence > 0.5
    assert {one.label for one in trained.labels("Bring water and books to Sixtown")} == {"water", "books"}
    assert trained.about.examples == len(_examples())
    assert trained.about.metrics["micro"] > 0.9


def test_a_model_from_its_file_says_the_same(trained: Model, tmp_path: Path) -> None:
    trained.save(tmp_path)
    (again,) = load_all(tmp_path)
    assert again.about == trained.about
    text = "Bring clean water to Sixtown"
    assert [one.label for one in again.labels(text)] == [one.label for one in trained.labels(text)]
    assert np.allclose(again.scores([text]), trained.scores([text]), atol=0.01)
    assert load_all(tmp_path / "nowhere") == ()


def test_a_model_stands_in_for_the_rules_in_its_language_alone(trained: Model) -> None:
    english = classify("Bring books to women in Sixtown", "en", models=[trained])
    assert "books" in {one.label for one in english.themes}
    assert "Women's rights" not in {one.label for one in english.themes}
    korean = classify("여성의 권리를 보장할 것을 권고한다", "ko", models=[trained])
    assert {one.method for one in korean.themes} == {"rules"}


def test_a_model_of_goals_speaks_with_the_targets_of_the_rules() -> None:
    goals = {"water": "6", "books": "5"}
    told = [Example(one.text, tuple(goals[label] for label in one.labels), one.unit) for one in _examples()]
    model = train(told, facet="sdg", scheme="sdg", fewest=5)
    found = classify("Lend books on violence against women, such as domestic violence", "en", models=[model]).sdgs
    methods = {one.label: one.method for one in found}
    assert methods["5"] == "n-grams" and methods["5.2"] == "rules"


def test_a_single_model_gives_exactly_one_label() -> None:
    alone = [one for one in _examples() if len(one.labels) == 1]
    model = train(alone, facet="action", scheme="upr-info", single=True, fewest=5)
    assert len(model.labels("Something else altogether")) == 1


def test_a_model_of_another_scikit_learn_is_refused(trained: Model, tmp_path: Path) -> None:
    path = trained.save(tmp_path)
    with np.load(path) as arrays:
        kept = dict(arrays)
    about = {**json.loads(kept["about"].tobytes()), "sklearn": "0.0"}
    np.savez(path, **{**kept, "about": np.frombuffer(json.dumps(about).encode(), np.uint8)})
    with pytest.raises(BadFile, match=r"scikit-learn 0\.0"):
        load(path)


def test_a_file_with_code_in_it_is_refused(trained: Model, tmp_path: Path) -> None:
    path = trained.save(tmp_path)
    with np.load(path) as arrays:
        kept = dict(arrays)
    np.savez(path, **{**kept, "weights": np.array([{"an": "object"}], dtype=object)})
    with pytest.raises(BadFile, match="not a model"):
        load(path)
    path.write_bytes(b"no zip")
    with pytest.raises(BadFile, match="not a model"):
        load(path)


def test_too_few_examples_are_refused() -> None:
    with pytest.raises(BadInput, match="too few"):
        train(_examples()[:3], facet="theme", scheme="upr-info")
    with pytest.raises(BadInput, match="too few"):
        train([], facet="theme", scheme="upr-info")


def test_the_digest_does_not_mind_the_order() -> None:
    backwards = train(_examples()[::-1], facet="theme", scheme="upr-info", fewest=5)
    assert backwards.about.data == train(_examples(), facet="theme", scheme="upr-info", fewest=5).about.data
