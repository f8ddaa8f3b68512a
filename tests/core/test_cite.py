"""Citations: what is found in a text, and what it leads to. All sentences are invented."""

import itertools

import pytest

from smallplaces.enrich.cite import annotate, annotate_headings
from smallplaces.model.annotation import article_of


def cited(text: str, **about: str) -> list[tuple[str, str, str]]:
    """(kind, cited words, targets) of each citation; offsets are checked on the way."""
    found = annotate(text, **about)
    assert all(text[c.start : c.end] == c.text for c in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    return [(str(c.kind), c.text, " ".join(c.targets)) for c in found]


def targets(text: str, **about: str) -> list[str]:
    return [target for c in annotate(text, **about) for target in c.targets]


@pytest.mark.parametrize(
    ("text", "body", "expected"),
    [
        ("arts. 2, 3 and 26 of the Covenant", "CCPR", "ICCPR/2 ICCPR/3 ICCPR/26"),
        ("article 19 (2) (b) of the Convention", "CRPD", "CRPD/19(2)(b)"),
        ("articles 16 to 18", "CAT", "CAT/16 CAT/17 CAT/18"),
        ("articles 14 (3) (c) and (5) and 9 (1)", "CCPR", "ICCPR/14(3)(c) ICCPR/14(5) ICCPR/9(1)"),
        (
            "articles 2, paragraph 1, 15, paragraph 4, 22 and 23",
            "CESCR",
            "ICESCR/2(1) ICESCR/15(4) ICESCR/22 ICESCR/23",
        ),
        (
            "articles 7; 9, paragraphs 3 and 4; 10; and 14, paragraph 1",
            "CCPR",
            "ICCPR/7 ICCPR/9(3) ICCPR/9(4) ICCPR/10 ICCPR/14(1)",
        ),
        ("paragraph 3 (c) of article 14", "CCPR", "ICCPR/14(3)(c)"),
        ("Paragraphs 2, 4 and 5 of article 6", "CCPR", "ICCPR/6(2) ICCPR/6(4) ICCPR/6(5)"),
        ("article 2 (3), read in conjunction with article 26 of the Covenant", "CCPR", "ICCPR/2(3) ICCPR/26"),
        ("article 5 (2) (b) of the Optional Protocol", "CCPR", "ICCPR-OP1/5(2)(b)"),
        ("article 5 of the Second Optional Protocol", "CCPR", "ICCPR-OP2/5"),
        ("article 2 of the Optional Protocol", "CESCR", "OP-ICESCR/2"),
        ("article 12 of the Convention on the Rights of the Child", "CRPD", "CRC/12"),
        ("ICESCR article 12(2)(a) and (d)", "", "ICESCR/12(2)(a) ICESCR/12(2)(d)"),
        ("the Convention on the Rights of the Child (arts. 2 and 28)", "", "CRC/2 CRC/28"),
        ("Universal Declaration of Human Rights (article 14)", "CCPR", "UDHR/14"),
        ("article 33.1 of the Convention", "CRPD", "CRPD/33(1)"),
        ("Article 27, Paragraph 1, letter a) of the Convention", "CRPD", "CRPD/27(1)(a)"),
        ("articles 5(e)(iv) and 5(d)(iii)", "CERD", "ICERD/5(e)(iv) ICERD/5(d)(iii)"),
    ],
)
def test_articles_lead_to_their_places(text, body, expected):
    assert targets(f"The Committee refers to {text}.", body=body) == [f"treaty:{t}" for t in expected.split()]


def test_a_pinpoint_has_its_article_as_prefix():
    assert article_of("treaty:ICCPR/19(2)(b)") == "treaty:ICCPR/19"
    assert article_of("CCPR/C/GC/36#p12") == "CCPR/C/GC/36#p12"


@pytest.mark.parametrize(
    "text",
    [
        "article 125 of the Criminal Code",
        "article 20 of the Examplandian Constitution",
        "Criminal Code, art. 59 (2)",
        "the Constitution, in articles 7 and 23",
        "article 6 of the same Law, after article 2 of the Law on Towns",
        "article 347bis of the Penal Code",
        "article 156-A of the Criminal Code",
    ],
)
def test_national_law_never_leads_to_a_treaty(text):
    found = annotate(f"Exampland cites {text}.", body="CRPD", symbol="CRPD/C/KOR/CO/2-3")
    assert found
    assert {str(c.kind) for c in found} == {"law"}
    assert not any(c.targets for c in found)


def test_an_article_after_a_law_stays_with_the_law():
    text = "Article 7 of the Constitution protects schooling, while article 4 affirms equality."
    assert targets(text, body="CRPD") == []


def test_what_a_role_means_is_left_open_when_the_document_does_not_say():
    [citation] = annotate("This violates article 6 of the Covenant.")
    assert not citation.resolved
    assert citation.candidates == ("treaty:ICCPR/6", "treaty:ICESCR/6")
    assert citation.as_json()["resolved"] is False
    [citation] = annotate("See article 6 of the Arctic Convention on Bears.", body="CRPD")
    assert citation.targets == ()


def test_the_same_words_mean_another_treaty_in_another_document():
    text = "under article 6 of the Covenant"
    assert targets(text, body="CCPR") == ["treaty:ICCPR/6"]
    assert targets(text, body="CESCR") == ["treaty:ICESCR/6"]
    assert targets(text, symbol="E/C.12/KOR/CO/4") == ["treaty:ICESCR/6"]
    assert targets("article 5 of the Optional Protocol", symbol="CRC/C/OPAC/KOR/CO/1") == ["treaty:OP-CRC-AC/5"]


@pytest.mark.parametrize(
    ("text", "body", "expected"),
    [
        ("general comment No. 36 (2018), para. 12", "CCPR", ["CCPR/C/GC/36#p12"]),
        ("paragraph 12 of general comment No. 36", "CCPR", ["CCPR/C/GC/36#p12"]),
        ("general comment No. 8", "CCPR", ["gc:CCPR/8"]),
        ("the Committee on the Rights of the Child, general comment No. 12", "CRPD", ["CRC/C/GC/12"]),
        ("general comment No. 14 of the Committee on Economic, Social and Cultural Rights", "CRC", ["E/C.12/2000/4"]),
        (
            "general recommendations No. 19 (1992), No. 24 (1999) and No. 35 (2017)",
            "CEDAW",
            ["gc:CEDAW/19", "gc:CEDAW/24", "CEDAW/C/GC/35"],
        ),
        (
            "article 4, paragraph 1, of the Convention and general recommendation No. 25",
            "CEDAW",
            ["treaty:CEDAW/4(1)", "gc:CEDAW/25"],
        ),
        ("general recommendation VII", "CERD", ["gc:CERD/7"]),
        ("general comments Nos. 5 and 6", "CESCR", ["gc:CESCR/5", "gc:CESCR/6"]),
    ],
)
def test_general_comments_lead_to_their_documents(text, body, expected):
    assert targets(f"See {text}.", body=body) == expected


def test_a_general_comment_without_a_committee_is_not_guessed():
    [citation] = annotate("See general comment No. 14.")
    assert citation.targets == ()
    assert "E/C.12/2000/4" in citation.candidates
    assert targets("See general comment No. 36 (2018).") == ["CCPR/C/GC/36"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CCPR/C/KOR/CO/4, para. 15", ["CCPR/C/KOR/CO/4#p15"]),
        ("E/C.12/2000/4, paras. 34 and 50-52", ["E/C.12/2000/4#p34", "E/C.12/2000/4#p50-52"]),
        ("CRC/C/GC/12 and 14", ["CRC/C/GC/12", "CRC/C/GC/14"]),
        ("A/HRC/WG.6/42/KOR/1–3", ["A/HRC/WG.6/42/KOR/1", "A/HRC/WG.6/42/KOR/2", "A/HRC/WG.6/42/KOR/3"]),
        ("A/HRC/19/61 and Add.1-2", ["A/HRC/19/61", "A/HRC/19/61/Add.1", "A/HRC/19/61/Add.2"]),
        ("A/HRC/53/11, para. 137.197", ["A/HRC/53/11#p137.197"]),
    ],
)
def test_symbols_carry_their_paragraphs_and_their_lists(text, expected):
    assert targets(f"as noted ({text})") == expected


def test_paragraphs_of_the_document_itself():
    assert targets("see paragraphs 12 to 15 above", symbol="CCPR/C/KOR/CO/5") == ["CCPR/C/KOR/CO/5#p12-15"]
    [unknown] = annotate("see para. 12 above")
    assert not unknown.resolved


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sustainable Development Goals 5 and 10", ["sdg:5", "sdg:10"]),
        ("target 8.5 of the Sustainable Development Goals", ["sdg:8.5"]),
        ("the 2030 Agenda, in particular targets 4.5 and 4.a", ["sdg:4.5", "sdg:4.a"]),
        ("Goal 8 of the Millennium Development Goals", []),
        ("a target 5.2 metres away, a goal 3 years off", []),
        ("General Assembly resolution 48/134", ["A/RES/48/134"]),
        ("resolution 45/112 of 14 December 1990", ["A/RES/45/112"]),
        ("Human Rights Council resolutions 8/4 and 17/3", ["A/HRC/RES/8/4", "A/HRC/RES/17/3"]),
        ("In its resolution 6/29 of 14 December 2007, the Human Rights Council", ["A/HRC/RES/6/29"]),
        ("Commission on Human Rights resolution 2001/62", ["E/CN.4/RES/2001/62"]),
        ("Security Council resolution 1325 (2000)", ["S/RES/1325"]),
        ("resolution 2200 A (XXI)", ["A/RES/2200(XXI)A"]),
    ],
)
def test_goals_and_resolutions(text, expected):
    assert targets(f"recalling {text}") == expected


def test_communications_by_number_and_by_name():
    text = "in communications Nos. 690/1996 and 691/1996 and in Kang v. Republic of Korea (CCPR/C/78/D/878/1999)"
    assert targets(text, body="CCPR") == [
        "communication:CCPR/690/1996",
        "communication:CCPR/691/1996",
        "CCPR/C/78/D/878/1999",
        "CCPR/C/78/D/878/1999",
    ]
    [case] = annotate("as in Doe v. Norway", body="CCPR")
    assert (case.text, case.resolved) == ("Doe v. Norway", False)
    assert annotate("the author v. Attorney General", body="CCPR") == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "les articles 2, 3 et 26 du Pacte", "ICCPR/2 ICCPR/3 ICCPR/26"),
        ("fr", "le paragraphe 3 de l’article 14 du Pacte", "ICCPR/14(3)"),
        ("fr", "l’article 12 de la Convention relative aux droits de l’enfant", "CRC/12"),
        ("es", "los artículos 2, 3 y 26 del Pacto", "ICCPR/2 ICCPR/3 ICCPR/26"),
        ("es", "el artículo 14, párrafo 3 c), del Pacto", "ICCPR/14(3)(c)"),
        ("es", "los artículos 16 a 18", "ICCPR/16 ICCPR/17 ICCPR/18"),
        ("ru", "статей 2, 3 и 26 Пакта", "ICCPR/2 ICCPR/3 ICCPR/26"),
        ("ru", "пункт 3 статьи 14 Пакта", "ICCPR/14(3)"),
        ("ru", "статьи 12 Конвенции о правах ребенка", "CRC/12"),
        ("ar", "المواد 2 و3 و26 من العهد", "ICCPR/2 ICCPR/3 ICCPR/26"),
        ("ar", "الفقرة 3 من المادة ١٤ من العهد", "ICCPR/14(3)"),
        ("ar", "المادة 12 من اتفاقية حقوق الطفل", "CRC/12"),
        ("zh", "《公约》第2、第3和第26条", "ICCPR/2 ICCPR/3 ICCPR/26"),
        ("zh", "《公约》第十四条第三款", "ICCPR/14(3)"),
        ("zh", "《儿童权利公约》第12条", "CRC/12"),
        ("ko", "규약 제2조, 제3조 및 제26조", "ICCPR/2 ICCPR/3 ICCPR/26"),
        ("ko", "자유권규약 제14조 제3항", "ICCPR/14(3)"),
        ("ko", "아동권리협약 제12조", "CRC/12"),
        ("ko", "제2조 제1항", "ICCPR/2(1)"),
        ("ko", "사회권규약 제16조 내지 제18조", "ICESCR/16 ICESCR/17 ICESCR/18"),
    ],
)
def test_articles_in_six_more_languages(lang, text, expected):
    assert targets(text, lang=lang, body="CCPR") == [f"treaty:{t}" for t in expected.split()]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "l’observation générale no 6 (2018), par. 12", ["CRPD/C/GC/6#p12"]),
        ("es", "la observación general núm. 6 (2018)", ["CRPD/C/GC/6"]),
        ("ru", "замечания общего порядка № 6 (2018)", ["CRPD/C/GC/6"]),
        ("ar", "التعليق العام رقم 6 (2018)", ["CRPD/C/GC/6"]),
        ("zh", "第6号一般性意见(2018年)", ["CRPD/C/GC/6"]),
        ("ko", "일반논평 제6호", ["CRPD/C/GC/6"]),
        ("fr", "la cible 3 de l’objectif 16 des objectifs de développement durable", ["sdg:16.3"]),
        ("es", "las metas 11.2 y 11.7 de los Objetivos de Desarrollo Sostenible", ["sdg:11.2", "sdg:11.7"]),
        ("ru", "Цели 5.2 в области устойчивого развития", ["sdg:5.2"]),
        ("ar", "الهدف 5 من أهداف التنمية المستدامة", ["sdg:5"]),
        ("ar", "الغايتين 2 و7 من الهدف 16 من أهداف التنمية المستدامة", ["sdg:16.2", "sdg:16.7"]),
        ("ar", "الغايات 5-1 و5-2 من أهداف التنمية المستدامة", ["sdg:5.1", "sdg:5.2"]),
        ("ar", "تعليق اللجنة العام رقم 3 (٢016) وتعليقها العام رقم 1 (2014)", ["CRPD/C/GC/3", "CRPD/C/GC/1"]),
        ("ar", "على قدم المساواة أمام القانون (المادة 12)", ["treaty:CRPD/12"]),
        ("zh", "可持续发展目标5.2", ["sdg:5.2"]),
        ("ko", "지속가능발전목표 5.2", ["sdg:5.2"]),
        ("fr", "la résolution 48/134 de l’Assemblée générale", ["A/RES/48/134"]),
        ("es", "la resolución 48/134 de la Asamblea General", ["A/RES/48/134"]),
        ("ru", "резолюции 48/134 Генеральной Ассамблеи", ["A/RES/48/134"]),
        ("zh", "大会第48/134号决议", ["A/RES/48/134"]),
        ("ko", "총회 결의 48/134호", ["A/RES/48/134"]),
        ("ko", "CRPD/C/KOR/CO/2-3, 제15항", ["CRPD/C/KOR/CO/2-3#p15"]),
        ("zh", "CRPD/C/CHN/CO/2-3，第15段", ["CRPD/C/CHN/CO/2-3#p15"]),
    ],
)
def test_other_kinds_in_six_more_languages(lang, text, expected):
    assert targets(text, lang=lang, body="CRPD") == expected


def test_korean_statutes_are_law():
    found = annotate("「국가보안법」 제7조와 형법 제250조는 규약 제19조에 어긋난다", lang="ko", body="CCPR")
    assert [(str(c.kind), c.targets) for c in found] == [
        ("law", ()),
        ("law", ()),
        ("article", ("treaty:ICCPR/19",)),
    ]


def test_the_language_is_told_from_the_text():
    assert targets("규약 제2조", body="CCPR") == ["treaty:ICCPR/2"]
    assert targets("La Convention est claire et les articles 2 et 3 de la Convention le sont aussi", body="CRC") == [
        "treaty:CRC/2",
        "treaty:CRC/3",
    ]


@pytest.mark.parametrize(
    "text", ["", "and/or 24/7", "In 2010/11 the State party", "art is long", "article", "Goal!", "第", "제조"]
)
def test_what_cites_nothing_gives_nothing(text):
    assert annotate(text, body="CCPR") == []


def test_each_claim_says_why_and_how_sure():
    [citation] = annotate("article 6", body="CCPR")
    assert citation.as_json() == {
        "start": 0,
        "end": 9,
        "text": "article 6",
        "kind": "article",
        "targets": ["treaty:ICCPR/6"],
        "confidence": pytest.approx(citation.confidence),
        "evidence": citation.evidence,
    }
    assert citation.evidence
    assert citation.method == "cite"
    assert 0 < citation.confidence <= 1


def test_running_again_gives_the_same():
    text = "Under article 2 of the Covenant and general comment No. 36 (2018), see CCPR/C/KOR/CO/4, para. 15."
    assert annotate(text, body="CCPR") == annotate(text, body="CCPR")


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "fr",
            "articles 14 (par. 3 a), b) et c)) et 26, et l’alinéa b) du paragraphe 2 de l’article 5 "
            "du Protocole facultatif",
            "ICCPR/14(3)(a) ICCPR/14(3)(b) ICCPR/14(3)(c) ICCPR/26 ICCPR-OP1/5(2)(b)",
        ),
        (
            "es",
            "artículos 9, párrafos 1 a 3, y 14, párrafo 3 d), del Pacto",
            "ICCPR/9(1) ICCPR/9(2) ICCPR/9(3) ICCPR/14(3)(d)",
        ),
        ("ru", "статей 9 (пункты 1–2) и 14 (пункт 3 d)) Пакта", "ICCPR/9(1) ICCPR/9(2) ICCPR/14(3)(d)"),
        ("ar", "المواد 9 (الفقرات 1 و4) و14 (الفقرة 3 (د)) من العهد", "ICCPR/9(1) ICCPR/9(4) ICCPR/14(3)(d)"),
        (
            "zh",
            "《公约》第九条第一款和第四款、《任择议定书》第五条第二款(丑)项",
            "ICCPR/9(1) ICCPR/9(4) ICCPR-OP1/5(2)(b)",
        ),
        ("ko", "규약 제9조 제1항 및 제4항, 제14조 제3항 (d)호, 예산 3조 원", "ICCPR/9(1) ICCPR/9(4) ICCPR/14(3)(d)"),
        ("en", "subparagraph (b) of paragraph 2 of article 5 of the Optional Protocol", "ICCPR-OP1/5(2)(b)"),
    ],
)
def test_places_inside_articles_in_each_language(lang, text, expected):
    assert targets(text, lang=lang, body="CCPR") == [f"treaty:{t}" for t in expected.split()]


def test_a_whole_document_is_read_paragraph_by_paragraph():
    paragraph = "The Committee recalls article 6 of the Covenant.\n\nExampland cites article 6 of its Penal Code.\n\n"
    text = paragraph * 60
    found = annotate(text, body="CCPR", lang="en")
    assert len(found) == 120
    assert all(text[c.start : c.end] == c.text for c in found)
    assert {t for c in found for t in c.targets} == {"treaty:ICCPR/6"}


@pytest.mark.parametrize(
    ("text", "body", "expected"),
    [
        ("article VI of the Genocide Convention", "", "GENOCIDE/6"),
        ("articles II and III of the Genocide Convention", "", "GENOCIDE/2 GENOCIDE/3"),
        ("article I of the Optional Protocol", "CCPR", "ICCPR-OP1/1"),
        ("article 1A (2) of the 1951 Convention", "", "REFUGEE-1951/1(A)(2)"),
        ("article 14, read in conjunction with 2 (3), of the Covenant", "CCPR", "ICCPR/14 ICCPR/2(3)"),
        (
            "articles 7 and 9, read alone and in conjunction with 2 (3), of the Covenant",
            "CCPR",
            "ICCPR/7 ICCPR/9 ICCPR/2(3)",
        ),
        (
            "articles 2 and 3 read alone and in conjunction with articles 7 and 26 of the Covenant",
            "CCPR",
            "ICCPR/2 ICCPR/3 ICCPR/7 ICCPR/26",
        ),
        ("the European Court's ruling under article 35 of the Convention", "CCPR", "ECHR/35"),
        ("the Convention on the Rights of the Child, in its articles 29 and 23", "", "CRC/29 CRC/23"),
        (
            "work, which the International Covenant on Economic, Social and Cultural Rights protects (art. 6)",
            "",
            "ICESCR/6",
        ),
    ],
)
def test_articles_in_forms_that_were_missed(text, body, expected):
    assert targets(f"The Committee refers to {text}.", body=body) == [f"treaty:{t}" for t in expected.split()]


@pytest.mark.parametrize(
    "text",
    [
        "formally banned by article XVI, Section 24 of the Constitution",
        "guaranteed by National Constitution Article 28B (1)",
        "article 125A/g of the Public Servants Law",
        "articles 6 and 7 of the statute of the confederation",
    ],
)
def test_articles_of_constitutions_and_laws_lead_to_no_treaty(text):
    assert [(str(c.kind), c.targets) for c in annotate(text, body="CERD")] == [("law", ())]


@pytest.mark.parametrize("text", ["That article I wrote myself.", "See article I.", "Articles I admire say so."])
def test_one_and_i_are_not_an_article(text):
    assert annotate(text, body="CCPR") == []


def test_joint_comments_lead_to_both_whatever_their_year():
    both = ["CEDAW/C/GC/31/Rev.1", "CRC/C/GC/18/Rev.1"]
    assert targets("joint general recommendation No. 31/general comment No. 18 (2019)", body="CEDAW") == both
    one = "joint general comment No. 3 (2017) of the Committee on Migrant Workers and No. 22 (2017) of the CRC"
    assert targets(one) == ["CMW/C/GC/3", "CRC/C/GC/22"]
    assert targets("harmful practices (see CEDAW/C/GC/31-CRC/C/GC/18)") == ["CEDAW/C/GC/31", "CRC/C/GC/18"]


def test_a_reviews_recommendation_leads_to_its_report():
    text = "It accepted recommendations 137.197 and 137.198"
    assert targets(f"{text} (A/HRC/22/10).")[:2] == ["A/HRC/22/10#p137.197", "A/HRC/22/10#p137.198"]
    assert targets(f"{text}.", symbol="A/HRC/22/10/Add.1") == ["A/HRC/22/10#p137.197", "A/HRC/22/10#p137.198"]
    (unresolved,) = annotate(f"{text}.")
    assert not unresolved.resolved


def test_a_case_cited_by_name_leads_where_its_number_led():
    said = "In communication No. 878/1999, Kang v. Republic of Korea, it held so. Kang v. Republic of Korea stands."
    assert targets(said, body="CCPR") == ["communication:CCPR/878/1999"] * 3
    (alone,) = annotate("Kang v. Republic of Korea stands.", body="CCPR")
    assert not alone.resolved


def test_a_resolution_of_the_security_council_needs_no_year():
    assert targets("implementation of Security Council resolution 1325") == ["S/RES/1325"]


def test_a_heading_says_what_the_paragraphs_below_it_are_about():
    above = ("Specific rights (arts. 5-30)", "Living independently and being included in the community (art. 19)")
    (found,) = annotate_headings(above, body="CRPD", symbol="CRPD/C/XXA/CO/1")
    assert (found.start, found.end, found.text, found.targets) == (0, 0, "art. 19", ("treaty:CRPD/19",))
    assert "Living independently" in found.evidence
    assert annotate_headings(("Introduction",), body="CRPD") == []
    assert annotate_headings(("Article 9",)) == []


def test_a_number_that_only_one_committee_can_have_registered_is_its_own():
    assert targets("communication No. 1172/2003, Abbassi v. Algeria", body="CAT")[0] == "communication:CCPR/1172/2003"
    assert targets("communication No. 233/2003", body="CAT") == ["communication:CAT/233/2003"]
    assert targets("communication No. 035/1978", body="CCPR") == ["communication:CCPR/35/1978"]


def test_summary_records_of_several_meetings_are_several():
    assert targets("(see CRPD/C/SR.46-48)") == ["CRPD/C/SR.46", "CRPD/C/SR.47", "CRPD/C/SR.48"]
