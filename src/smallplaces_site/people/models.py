"""The tables of people. No personal data beyond the address, and a name if somebody wants to be called by it.

User ─< Membership >─ Organisation        Deed    who did what, when, to what: appended, never edited
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class Users(BaseUserManager["User"]):
    """Finds and makes accounts by their e-mail address, which is kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """Make an account. Without a password nobody can sign in to it until one is set by the link that is sent."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The account of an address, however it is typed."""
        return self.get(email__iexact=(username or "").strip())


class User(AbstractBaseUser):
    """Somebody who signs in, by e-mail address."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)  # how others see who signed a decision
    lang = models.CharField(max_length=5, blank=True)  # of letters; empty: that of the page last used
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    def __str__(self) -> str:
        return self.name or self.email


class Organisation(models.Model):
    """A body that people act for: a national institution, a local government, a civil society organisation."""

    class Kind(models.TextChoices):
        """What it is, which decides the roles it can give."""

        INSTITUTION = "institution"  # national human rights institution, or the ministry that runs the site
        LOCAL = "local"  # a local government or education office, tied to a place
        CIVIL = "civil"  # a civil society organisation

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=3)  # ISO 3166-1 alpha-3
    place = models.CharField(max_length=60, blank=True, db_index=True)  # code of the place, for a local government
    verified = models.BooleanField(default=False)  # a civil society organisation speaks publicly once it is

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(kind="local") | ~models.Q(place=""), name="a_local_government_has_a_place"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What somebody is within an organisation. Which role may do what: :mod:`smallplaces_site.people.rights`."""

    ADMIN = "admin"  # of the institution: people and settings too
    OFFICER = "officer"  # of the institution
    HEAD = "head"  # of a local government or one of its departments: signs
    CONTRIBUTOR = "contributor"  # of a local government: writes
    COMMENTER = "commenter"  # of a civil society organisation


class Membership(models.Model):
    """Somebody's role in an organisation, from a day on until it is ended. Ended ones are kept: they signed things."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)
    below = models.BooleanField(default=False)  # whether it reaches the places below the organisation's own
    since = models.DateTimeField(auto_now_add=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], condition=models.Q(ended=None), name="one_role_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.organisation}"


class Deed(models.Model):
    """One thing that a person did. ``what`` is a right's name ("citation.decide"); ``subject`` what it was done to."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    user = models.ForeignKey(User, models.PROTECT, null=True)  # nothing: the command line
    by = models.CharField(max_length=200)  # as it was signed then: person and organisation
    what = models.CharField(max_length=60)
    subject = models.CharField(max_length=255)
    place = models.CharField(max_length=60, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["what", "subject"], name="deeds_to_a_thing")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by} {self.what} {self.subject}"
