"""Words that say nothing by themselves. A query of several words is searched without them; a phrase
keeps them. Words that mean something in another language ("son", "sin", "fin") are left in."""

from __future__ import annotations

_BY_LANGUAGE = {
    "en": "a an the of to in on at by for from with and or as is are was were be been that this these those it its",
    "fr": "le la les un une des du de et ou en dans par pour sur au aux avec ce cette ces est sont que qui l d",
    "es": "el los las unos unas del al y o con por para se su sus lo una",
    "ru": "и в во на с со о об от по к ко за из не а но для при что как его ее их это",
    "ar": "في من على الى إلى عن مع ان أن او أو هذا هذه التي الذي و",
    "ko": "및 등 의 을 를 이 가 은 는 에 와 과 또는 그",  # written alone
    "zh": "的 和 与 及 或 在 是 了",
}

STOPWORDS = frozenset(word for words in _BY_LANGUAGE.values() for word in words.split())

#: Words that add nothing to a concept of human rights, by language: "the prohibition of torture" is looked for as
#: torture, "the rights of refugees" as refugees.
EMPTY_BESIDE_A_TERM = {
    "en": "right rights freedom freedoms prohibition ban protection guarantee respect against everyone access",
    "fr": "droit droits liberté libertés interdiction protection garantie respect contre toute tout",
    "es": "derecho derechos libertad libertades prohibición protección garantía respeto contra toda todo",
    "ru": "право права свобода свободы запрет запрещение защита гарантия уважение против",
    "ar": "حق حقوق حرية حريات حظر تحريم منع حماية ضمان احترام ضد",
    "ko": "권리 권 자유 금지 보호 보장 존중 받다 않다",
    "zh": "权利 权 自由 禁止 保护 保障 尊重 人人 反对",
}
