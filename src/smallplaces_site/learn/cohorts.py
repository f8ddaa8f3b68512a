"""Groups as they are shown: to their officers, with the progress of those who agreed, and to each who was invited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from smallplaces.courses import Course
from smallplaces.errors import NotFound
from smallplaces_site.learn.models import Certificate, Cohort, Progress, Seat
from smallplaces_site.learn.progress import Standing, standing
from smallplaces_site.learn.shelf import all_courses
from smallplaces_site.people.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """One person and one course, as an officer sees it. Without ``now`` the person has not agreed to be seen."""

    seat: Seat
    course: Course
    name: str = ""
    now: Standing | None = None
    completed: datetime | None = None
    certified: bool = False


def cohort_of(cohort_id: int) -> Cohort:
    """One group. Raises :class:`NotFound`."""
    found = Cohort.objects.select_related("organisation").filter(pk=cohort_id).first()
    if found is None:
        raise NotFound("There is no group with the number %(where)s.", where=str(cohort_id))
    return found


def cohorts(state: str) -> list[Cohort]:
    """The groups of a State, newest first."""
    return list(Cohort.objects.filter(organisation__state=state).select_related("organisation").order_by("-pk"))


def courses_of(cohort: Cohort) -> list[Course]:
    """The courses of a group that are here, in order."""
    known = all_courses()
    return [known[one] for one in cohort.courses if one in known]


def lines(cohort: Cohort) -> list[Line]:
    """Everybody in a group, course by course. Of a closed group, and of whoever has not agreed, no progress."""
    seats = list(cohort.seats.order_by("email"))
    agreed = [seat.email for seat in seats if seat.agreed and not cohort.closed]
    users = {user.email: user for user in User.objects.filter(email__in=agreed, is_active=True)}
    ids = [user.pk for user in users.values()]
    kept = {(one.user_id, one.course): one for one in Progress.objects.filter(user_id__in=ids)}
    given = set(Certificate.objects.filter(user_id__in=ids, withdrawn=None).values_list("user_id", "course"))
    found = []
    for seat in seats:
        user = users.get(seat.email)
        for course in courses_of(cohort):
            if user is None:
                found.append(Line(seat, course))
                continue
            progress = kept.get((user.pk, course.id))
            now = standing(course, progress.done if progress else {})
            completed = progress.completed if progress else None
            found.append(Line(seat, course, user.name, now, completed, (user.pk, course.id) in given))
    return found


def invitations(user: User) -> list[Seat]:
    """The open groups that somebody was invited to."""
    held = Seat.objects.filter(email=user.email, cohort__closed=None).select_related("cohort__organisation")
    return list(held.order_by("cohort__due", "pk"))
