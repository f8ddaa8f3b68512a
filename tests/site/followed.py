"""An invented State, its people, and what they follow: for tests of follow-up and of the table of rights."""

from __future__ import annotations

from django.test import Client

from smallplaces_site.actions.admit import Place, admit, verify
from smallplaces_site.actions.follow_item import Target, follow
from smallplaces_site.followup.models import Item
from smallplaces_site.people.models import User

STATE = "XXE"
CITY = "XXE/example/N1"
TOWN = "XXE/example/N2"
PROVINCE = "XXE/example/N"
ABROAD = "XXT"
OBSERVATIONS = "CRPD/C/XXE/CO/1"


def officer() -> User:
    return admit(
        "officer@example.org", "officer", "Commission of Exampland", Place(state=STATE), name="A. Officer"
    ).user


def head(place: str = CITY, *, below: bool = False) -> User:
    where = Place("local", STATE, place)
    short = place.rpartition("/")[2]
    return admit(f"head-{short}@example.org", "head", f"Government of {short}", where, below=below).user


def contributor(place: str = CITY) -> User:
    short = place.rpartition("/")[2]
    where = Place("local", STATE, place)
    return admit(f"contributor-{short}@example.org", "contributor", f"Government of {short}", where).user


def civil(*, verified: bool = True) -> User:
    name = "Friends of Exampland" if verified else "Newcomers of Exampland"
    user = admit(f"{name.split(maxsplit=1)[0]}@example.org".lower(), "commenter", name, Place("civil", STATE)).user
    if verified:
        verify(name)
    return user


def item(number: str = "7", place: str = CITY) -> Item:
    """A recommendation that is followed."""
    return follow(officer(), Target(OBSERVATIONS, number), place=place, state=STATE)


def signed_in(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client
