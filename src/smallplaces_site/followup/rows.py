"""From rows of the tables to records, with as many questions for a thousand rows as for one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from smallplaces_site.followup.models import (
    Action,
    Due,
    Evidence,
    Grade,
    Indicator,
    Item,
    Member,
    Statement,
    Unit,
    Value,
)
from smallplaces_site.followup.records import (
    ActionView,
    DueView,
    EvidenceView,
    Followed,
    GradeView,
    IndicatorView,
    ItemView,
    StatementView,
    UnitView,
    ValueView,
)


def item_views(rows: QuerySet[Item]) -> list[ItemView]:
    """Items with everything that hangs on them, longest followed first."""
    held = rows.order_by("since", "pk").prefetch_related(
        "members",
        "units",
        Prefetch("actions", Action.objects.order_by("pk")),
        Prefetch("indicators", Indicator.objects.order_by("pk")),
        Prefetch(
            "statements",
            Statement.objects.select_related("organisation", "replaced_by").order_by("-as_of", "-at", "-pk"),
        ),
        Prefetch("grades", Grade.objects.select_related("replaced_by").order_by("-on", "-pk")),
    )
    return [_item(row) for row in held]


def _item(row: Item) -> ItemView:
    return ItemView(
        id=row.pk,
        kind=row.kind,
        state=row.state,
        place=row.place,
        what=_followed(row),
        members=tuple(_followed(one) for one in row.members.all()),
        sdgs=tuple(row.sdgs),
        units=_units(row.units.all()),
        actions=tuple(one.pk for one in row.actions.all()),
        indicators=tuple(one.pk for one in row.indicators.all()),
        statements=tuple(_statement(one) for one in row.statements.all()),
        grades=tuple(_grade(one) for one in row.grades.all()),
        since=row.since,
        by=row.by,
        ended=row.ended,
    )


def _followed(row: Item | Member) -> Followed:
    return Followed(row.work_key, row.paragraph_key, row.thread, row.title, row.lang)


def _statement(row: Statement) -> StatementView:
    return StatementView(
        id=row.pk,
        item=row.item_id,
        voice=row.voice,
        progress=row.progress,
        text=row.text,
        lang=row.lang,
        as_of=row.as_of,
        at=row.at,
        by=row.by,
        organisation=row.organisation.name,
        user=row.user_id,
        replaces=row.replaces_id,
        replaced_by=_replaced_by(row),
    )


def _replaced_by(row: Statement | Grade | Value) -> int | None:
    later = getattr(row, "replaced_by", None)  # Django raises a kind of AttributeError where there is none
    return later.pk if later is not None else None


def _grade(row: Grade) -> GradeView:
    return GradeView(
        row.pk,
        row.scale,
        row.code,
        row.symbol,
        row.paragraph,
        row.on,
        row.at,
        row.by,
        row.replaces_id,
        _replaced_by(row),
    )


def _units(rows: Iterable[Unit]) -> tuple[UnitView, ...]:
    return tuple(sorted((unit_view(row) for row in rows), key=lambda one: one.names))


def unit_view(row: Unit) -> UnitView:
    """One unit."""
    given = (("ko", row.name_ko), ("en", row.name_en))
    return UnitView(row.pk, row.state, row.place, tuple((lang, name) for lang, name in given if name))


def action_views(rows: QuerySet[Action]) -> list[ActionView]:
    """Actions with their units, days and evidence, oldest first."""
    held = rows.order_by("since", "pk").prefetch_related(
        "units",
        Prefetch("items", Item.objects.order_by("pk")),
        Prefetch("dues", Due.objects.order_by("on", "pk")),
        Prefetch("evidence", Evidence.objects.filter(withdrawn=None).order_by("pk")),
    )
    return [_action(row) for row in held]


def _action(row: Action) -> ActionView:
    return ActionView(
        id=row.pk,
        state=row.state,
        place=row.place,
        title=row.title,
        description=row.description,
        start=row.start,
        end=row.end,
        budget_line=row.budget_line,
        amount=row.amount,
        currency=row.currency,
        status=row.status,
        sdgs=tuple(row.sdgs),
        plans=tuple(row.plans),
        units=_units(row.units.all()),
        items=tuple(one.pk for one in row.items.all()),
        dues=tuple(DueView(one.pk, row.pk, one.on, one.what, one.met) for one in row.dues.all()),
        evidence=tuple(evidence_view(one) for one in row.evidence.all()),
        since=row.since,
        by=row.by,
    )


def evidence_view(row: Evidence) -> EvidenceView:
    """One piece of evidence."""
    return EvidenceView(
        row.pk,
        row.action_id,
        row.title,
        row.address,
        row.sha256,
        row.name,
        row.kind,
        row.size,
        row.at,
        row.by,
    )


def indicator_views(rows: QuerySet[Indicator]) -> list[IndicatorView]:
    """Indicators with their values, oldest first."""
    held = rows.order_by("since", "pk").prefetch_related(
        Prefetch("items", Item.objects.order_by("pk")),
        Prefetch("values", Value.objects.select_related("replaced_by").order_by("on", "pk")),
    )
    return [_indicator(row) for row in held]


def _indicator(row: Indicator) -> IndicatorView:
    values = [_value(one) for one in row.values.all()]
    return IndicatorView(
        id=row.pk,
        state=row.state,
        place=row.place,
        title=row.title,
        kind=row.kind,
        right=row.right,
        attribute=row.attribute,
        unit=row.unit,
        source=row.source,
        disaggregation=tuple(row.disaggregation),
        frequency=row.frequency,
        baseline=row.baseline,
        baseline_on=row.baseline_on,
        target=row.target,
        target_on=row.target_on,
        items=tuple(one.pk for one in row.items.all()),
        values=tuple(one for one in values if one.replaced_by is None),
        corrected=tuple(one for one in values if one.replaced_by is not None),
        since=row.since,
        by=row.by,
    )


def _value(row: Value) -> ValueView:
    parts: Sequence[Sequence[str]] = row.parts
    return ValueView(
        id=row.pk,
        on=row.on,
        value=row.value,
        parts=tuple((str(of), Decimal(value)) for of, value in parts),
        source=row.source,
        at=row.at,
        by=row.by,
        replaces=row.replaces_id,
        replaced_by=_replaced_by(row),
    )
