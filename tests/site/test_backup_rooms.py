"""A backup holds what people wrote in every room, to the last digit, and no session of anybody. What stands here is
invented."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from smallplaces_site.actions import backup as rooms
from smallplaces_site.actions.admit import Place, admit
from smallplaces_site.actions.backup import backup, restore, tables
from smallplaces_site.actions.example import load_example
from smallplaces_site.actions.write_draft import Begun, begin_draft
from smallplaces_site.corpus.models import Mark
from smallplaces_site.drafts import read
from smallplaces_site.followup.models import Action
from smallplaces_site.lineage.models import Decision, Thread
from smallplaces_site.people.models import Deed, User

pytestmark = pytest.mark.django_db


def test_every_table_of_ours_is_kept_or_known_to_be_made_anew() -> None:
    ours = {
        model
        for room in apps.get_app_configs()
        if room.name.startswith("smallplaces_site.")
        for model in room.get_models(include_auto_created=True)
    }
    assert ours - set(tables()) == set(rooms.DERIVED)


def test_what_people_did_comes_back(home: Path, tmp_path: Path) -> None:
    load_example()
    head = admit("head@example.org", "head", "Smallton", Place("local", "XXE", "XXE/own/1"), name="H. Head")
    row = begin_draft(
        Begun("upr.stakeholder-input", head.organisation_id, "XXE", "Our words", "en", date(2027, 3, 1)), by=head.user
    )
    Action.objects.create(state="XXE", title="Build", amount=Decimal("1234.50"), by="H. Head", since=timezone.now())
    thread = Thread.objects.filter(state="XXE").first()
    assert thread is not None
    Decision.objects.create(state="XXE", verdict="split", left=["a"], right=["b"], who="H.", at=timezone.now())
    session = SessionStore()
    session["_auth_user_id"] = str(head.user.pk)
    session.create()
    Mark.objects.update_or_create(name="alerts", defaults={"change": 7})
    path = tmp_path / "all.zip"
    backup(path)
    with zipfile.ZipFile(path) as held:
        assert "tables/people_user.jsonl" in held.namelist()
        assert not any("session" in name for name in held.namelist())
        action = json.loads(held.read("tables/followup_action.jsonl").splitlines()[0])
        assert action["amount"] == "1234.50"
    before = Deed.objects.count()
    User.objects.filter(pk=head.user.pk).update(name="Somebody Else")
    restore(path, replace=True)
    assert User.objects.get(pk=head.user.pk).name == "H. Head"
    assert read.draft(row.pk).due == date(2027, 3, 1)
    assert Action.objects.get().amount == Decimal("1234.50")
    assert Thread.objects.filter(key=thread.key).exists()  # its public name stays
    assert Decision.objects.count() == 1
    assert Deed.objects.count() == before
    assert not Session.objects.exists()
    assert Mark.objects.get(name="alerts").change >= 7  # nobody is told again of what they were told of
