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

_RIGHTS = {
    "en": "right rights everyone's people's",
    "fr": "droit droits",
    "es": "derecho derechos",
    "ru": "право права прав",
    "ar": "الحق حق حقوق الحقوق",
    "ko": "권리 권 권리보장",
    "zh": "权利 权",
}

#: Words that add nothing to a concept of human rights: "the rights of refugees" are looked for as refugees.
EMPTY_BESIDE_A_TERM = frozenset(word for words in _RIGHTS.values() for word in words.split())
