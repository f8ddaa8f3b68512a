"""The addresses of courses. Those that machines read have no language: they stand in :data:`machines`."""

from __future__ import annotations

from django.urls import path

from smallplaces_site.web.views import learn, learn_certificates, learn_cohorts

urlpatterns = [
    path("learn/", learn.index, name="learn"),
    path("learn/mine/", learn_cohorts.mine, name="learn-mine"),
    path("learn/take-over/", learn.take_over, name="learn-take-over"),
    path("learn/check/", learn_certificates.check, name="check-certificate"),
    path("learn/groups/", learn_cohorts.index, name="cohorts"),
    path("learn/groups/<int:cohort_id>/", learn_cohorts.cohort, name="cohort"),
    path("learn/groups/<int:cohort_id>/agree/", learn_cohorts.agree, name="cohort-agree"),
    path("learn/certificates/<str:certificate_id>/", learn_certificates.certificate, name="certificate"),
    path("learn/<slug:course_id>/", learn.course, name="course"),
    path("learn/<slug:course_id>/scorm.zip", learn.scorm, name="course-scorm"),
    path("learn/<slug:course_id>/certificate/", learn_certificates.have, name="have-certificate"),
    path("learn/<slug:course_id>/<slug:slug>/", learn.lesson, name="lesson"),
]

machines = [
    path("learn/issuer.json", learn_certificates.issuer, name="learn-issuer"),
    path("learn/jwks.json", learn_certificates.keys, name="learn-keys"),
    path("learn/keys/<str:kid>.json", learn_certificates.key, name="learn-key"),
    path("learn/withdrawn.jwt", learn_certificates.withdrawn, name="learn-withdrawn"),
    path("learn/certificates/<uuid:certificate_id>.json", learn_certificates.as_json, name="certificate-json"),
    path("learn/certificates/<uuid:certificate_id>.jwt", learn_certificates.as_token, name="certificate-jwt"),
]
