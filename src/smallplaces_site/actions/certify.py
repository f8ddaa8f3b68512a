"""Give a certificate to whoever completed a course, or take one back. Right to take back: certificate.withdraw.

Reads: Progress, Certificate, the course, the signing key. Writes: Certificate, and a Deed for one that is taken back.
"""

from __future__ import annotations

import secrets
import uuid

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from smallplaces.courses import Course
from smallplaces.errors import BadInput
from smallplaces_site.learn.credential import LIST_BITS, Award, Issuer, credential, sign
from smallplaces_site.learn.keys import signing_key
from smallplaces_site.learn.models import Certificate, Progress
from smallplaces_site.learn.progress import standing
from smallplaces_site.people.deeds import record, signature
from smallplaces_site.people.models import User
from smallplaces_site.people.rights import Scope, require

_LONGEST = 120


@transaction.atomic
def certify(user: User, course: Course, lang: str, *, name: str, issuer: Issuer, criteria: str) -> Certificate:
    """The certificate of ``user`` for ``course``, in the language nearest to ``lang``: a new one, or the one they have.

    ``criteria`` says what had to be done. Raises :class:`BadInput` for a course that is not complete, and for no name.
    """
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise BadInput("Type the name that shall stand on the certificate, with at most 120 letters.", field="name")
    progress = Progress.objects.select_for_update().filter(user=user, course=course.id).first()
    now = standing(course, progress.done if progress else {})
    if not now.complete:
        raise BadInput("The course is not complete yet: pass every lesson first.", where=course.id)
    text = course.text(lang)
    held = Certificate.objects.filter(
        user=user, course=course.id, version=course.version, lang=text.lang, withdrawn=None
    ).first()
    if held is not None:
        return held
    place = _free_place()
    at = timezone.now().replace(microsecond=0)
    number = uuid.uuid4()
    award = Award(
        number, place, name, course.id, course.version.isoformat(), text.lang, text.title, text.summary, criteria, at
    )
    return Certificate.objects.create(
        id=number,
        place=place,
        user=user,
        course=course.id,
        version=course.version,
        lang=text.lang,
        title=text.title[:200],
        name=name,
        issuer=issuer.name,
        issued=at,
        right=now.right,
        questions=course.questions,
        token=sign(credential(issuer, award), issuer, signing_key()),
    )


def _free_place() -> int:
    """A bit of the list of withdrawn ones that is nobody's: any, so that it says nothing of who came when."""
    free = set(range(LIST_BITS)) - set(Certificate.objects.values_list("place", flat=True))
    if not free:
        raise BadInput("No more certificates can be given out here: the list of certificates is full.")
    return secrets.choice(tuple(free))


@transaction.atomic
def withdraw(user: User | None, certificate: Certificate, why: str) -> Certificate:
    """Take a certificate back, for a reason that whoever checks it is told. Doing it again changes nothing.

    Raises :class:`Forbidden`, and :class:`BadInput` without a reason.
    """
    by = require(user, "certificate.withdraw", Scope(settings.SETTINGS["SMALLPLACES_STATE"].upper()))
    why = why.replace("\x00", "").strip()
    if not why:
        raise BadInput("Say why you take the certificate back: whoever checks it is told.", field="why")
    if certificate.withdrawn is None:
        certificate.withdrawn = timezone.now()
        certificate.withdrawn_by = signature(by)
        certificate.why = why[:500]
        certificate.save(update_fields=["withdrawn", "withdrawn_by", "why"])
        record(by, "certificate.withdraw", str(certificate.id), detail={"course": certificate.course})
    return certificate
