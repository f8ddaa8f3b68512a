"""What kind of document it is: by its symbol, else by the words of its title and first paragraphs."""

from __future__ import annotations

import re

from smallplaces.model.document import Kind
from smallplaces.model.symbol import Symbol

_TITLES: tuple[tuple[Kind, str], ...] = (
    (
        Kind.UPR_REPORT,
        r"report of the working group on the universal periodic review|rapport du groupe de travail sur l.examen périodique|"
        r"informe del grupo de trabajo sobre el examen periódico|доклад рабочей группы по универсальному|تقرير الفريق العامل المعني بالاستعراض",
    ),
    (Kind.UPR_ADDENDUM, r"views on conclusions and/or recommendations|voluntary commitments and replies presented"),
    (Kind.UPR_NATIONAL_REPORT, r"national report submitted"),
    (Kind.UPR_COMPILATION, r"compilation (?:of information )?prepared by the office"),
    (Kind.UPR_STAKEHOLDERS, r"summary (?:of stakeholders|prepared by the office)"),
    (
        Kind.FOLLOW_UP,
        r"follow[- ]up to (?:the )?concluding|information received .{0,60}follow[- ]up|on follow[- ]up|"
        r"información recibida .{0,80}seguimiento|seguimiento de las observaciones finales|renseignements reçus .{0,80}suite donnée",
    ),
    (
        Kind.REPLIES,
        r"repl(?:y|ies) .{0,60}list of issues|réponses .{0,80}liste de points|respuestas .{0,80}lista de cuestiones|"
        r"ответы .{0,80}перечень вопросов|ردود .{0,60}قائمة المسائل",
    ),
    (Kind.LIST_OF_ISSUES_PRIOR, r"list of issues prior|liste de points .{0,40}avant|lista de cuestiones previa"),
    (
        Kind.LIST_OF_ISSUES,
        r"list of issues|liste de points|lista de cuestiones|перечень вопросов|قائمة (?:ال)?مسائل|问题清单|쟁점목록",
    ),
    (
        Kind.CONCLUDING_OBSERVATIONS,
        r"concluding (?:observations|comments)|observations finales|observaciones finales|заключительные замечания|"
        r"الملاحظات الختامية|ملاحظات ختامية|结论性意见|최종견해",
    ),
    (
        Kind.GENERAL_COMMENT,
        r"general (?:comment|recommendation) no|observation générale|recommandation générale|observación general|"
        r"recomendación general|замечание общего порядка|общая рекомендация|التعليق العام|一般性意见|一般性建议|일반논평",
    ),
    (Kind.INQUIRY, r"\binquiry concerning|report (?:on|of) the inquiry"),
    (
        Kind.VIEWS,
        r"\b(?:views|decision|opinion) adopted by the committee|communication no|comunicación n|сообщени[ея] №|بشأن البلاغ",
    ),
    (
        Kind.SPECIAL_PROCEDURE,
        r"(?:report of the )?(?:special rapporteur|independent expert|working group on (?:arbitrary|enforced|discrimination))|"
        r"rapporteuse? spécial|relator[a]? especial|специальн\w+ докладчик|المقرر(?:ة)? الخاص",
    ),
    (
        Kind.STATE_REPORT,
        r"(?:initial|periodic|combined) .{0,60}reports?\b|reports? submitted by states parties|rapport (?:initial|périodique)|"
        r"informes? (?:inicial|periódico)|первоначальный доклад|периодический доклад|التقرير (?:الأولي|الدوري)",
    ),
    (Kind.RESOLUTION, r"resolution adopted|\bresolution \d+/\d+|résolution|resolución|резолюция|القرار"),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _TITLES)


_UPR = re.compile(r"universal periodic review", re.IGNORECASE)
_UPR_OPENING = re.compile(r"working group on the universal periodic review .{0,140}held its", re.IGNORECASE | re.DOTALL)


def kind_of(symbol: Symbol | None, title: str, text: list[str]) -> Kind:
    """The kind. A symbol that fits one kind decides, unless the title says that it is an answer or a follow-up."""
    said = next((kind for kind, pattern in _COMPILED if pattern.search(title)), None)
    if said in (None, Kind.STATE_REPORT) and _UPR.search(title) and _UPR_OPENING.search(" ".join(text)[:3000]):
        return Kind.UPR_REPORT
    known = symbol.kind if symbol else None
    if known and not (symbol and symbol.suffixes and said):
        return known
    if said:
        return said
    opening = " ".join(text)[:2500]
    found = [(m.start(), kind) for kind, pattern in _COMPILED if (m := pattern.search(opening))]
    return known or (min(found)[1] if found else Kind.OTHER)
