"""Symbols keep their canonical form however they are printed or typed."""

from hypothesis import given
from hypothesis import strategies as st

from smallplaces.errors import BadSymbol
from smallplaces.model.symbol import base, find, normalise, parse

states = st.sampled_from(["KOR", "FRA", "CHN-HKG", "TLS", "NAM", "MKD"])
small = st.integers(1, 9)
numbers = st.integers(1, 400).map(str)
cycles = st.one_of(small.map(str), st.tuples(small, st.integers(1, 3)).map(lambda t: f"{t[0]}-{t[0] + t[1]}"))
bodies = st.sampled_from(
    ["CCPR/C", "E/C.12", "CERD/C", "CEDAW/C", "CAT/C", "CRC/C", "CMW/C", "CRPD/C", "CED/C", "CRC/C/OPAC"]
)
suffixes = st.one_of(
    st.just(""), st.tuples(st.sampled_from(["Add", "Rev", "Corr"]), small).map(lambda t: f"/{t[0]}.{t[1]}")
)
years = st.integers(1977, 2029).map(str)

symbols = st.one_of(
    st.tuples(bodies, states, st.sampled_from(["/CO", "/Q", "/QPR", "/RQ", "/FCO", ""]), cycles, suffixes).map(
        lambda t: f"{t[0]}/{t[1]}{t[2]}/{t[3]}{t[4]}"
    ),
    st.tuples(bodies.filter(lambda b: "OPAC" not in b), numbers).map(lambda t: f"{t[0]}/GC/{t[1]}"),
    st.tuples(bodies.filter(lambda b: "OPAC" not in b), numbers, numbers, years).map(
        lambda t: f"{t[0]}/{t[1]}/D/{t[2]}/{t[3]}"
    ),
    st.tuples(numbers, states, st.sampled_from("123")).map(lambda t: f"A/HRC/WG.6/{t[0]}/{t[1]}/{t[2]}"),
    st.tuples(
        st.sampled_from(["A/HRC", "A/RES", "A/HRC/RES", "E/CN.4/2001", "A/HRC/DEC"]),
        st.integers(1, 99),
        numbers,
        suffixes,
    ).map(lambda t: f"{t[0]}/{t[1]}/{t[2]}{t[3]}"),
)


@given(symbols)
def test_a_canonical_symbol_reads_back_as_itself(text):
    assert parse(text).canonical == text
    assert parse(parse(text).canonical) == parse(text)


@given(symbols, st.sampled_from(["lower", "dash", "full", "star", "spaces"]))
def test_printing_habits_change_nothing(text, habit):
    printed = {
        "lower": text.lower(),
        "dash": text.replace("-", "–"),
        "full": "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
        "star": text + "*",
        "spaces": text.replace("/", " / "),
    }[habit]
    assert parse(printed).canonical == text
    assert normalise(printed) == text


@given(
    symbols,
    st.sampled_from([" ", ", ", "(", "»", "위원회 ", "。"]),
    st.sampled_from([" ", ".", ", para. 3", ")", "에서", "*"]),
)
def test_a_symbol_is_found_in_a_sentence(text, before, after):
    sentence = f"See{before}{text}{after}"
    [(start, end, symbol)] = find(sentence)
    assert sentence[start:end] == text
    assert symbol.canonical == text


@given(st.text(max_size=60))
def test_any_text_is_answered_without_surprise(text):
    canonical = normalise(text)
    assert canonical is None or parse(canonical).canonical == canonical
    try:
        assert parse(text).canonical
    except BadSymbol as error:
        assert error.message
    for start, end, symbol in find(text):
        assert 0 <= start < end <= len(text)
        assert symbol.canonical


@given(symbols)
def test_base_is_stable(text):
    stem = base(parse(text))
    assert base(parse(stem)) == stem
