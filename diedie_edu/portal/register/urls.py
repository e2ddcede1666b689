from django.urls import path

from diedie_edu.portal.register.views import (
    entering,
    erasures,
    family,
    leaving,
    merging,
    people,
    person,
    service,
)

PERSON = "desk/people/<person:pk>/"

urlpatterns = [
    path("desk/people/", people.people, name="people"),
    path("desk/people/new/", entering.people_new, name="people_new"),
    path("desk/people/doubles/", merging.doubles, name="person_doubles"),
    path("desk/people/changes/<int:pk>/undo/", leaving.undo, name="person_undo"),
    path(f"{PERSON}merge/", merging.merge, name="person_merge"),
    path(f"{PERSON}merge/<person:other>/", merging.merge_with, name="person_merge_with"),
    path(f"{PERSON}not/<person:other>/", merging.two_people, name="person_two_people"),
    path(f"{PERSON}gone/", leaving.gone, name="person_gone"),
    path(f"{PERSON}back/", leaving.back, name="person_back"),
    path(f"{PERSON}split/", leaving.split, name="person_split"),
    path("desk/people/erasures/", erasures.erasures, name="erasures"),
    path("desk/people/erasures/<int:pk>/", erasures.erasure_do, name="erasure_do"),
    path("desk/people/erasures/<int:pk>/end/", erasures.erasure_end, name="erasure_end"),
    path(
        "desk/people/corrections/<int:pk>/paper/", service.correction_paper, name="correction_paper"
    ),
    path(PERSON, person.person, name="person"),
    path(f"{PERSON}erasure/", erasures.person_erasure, name="person_erasure"),
    path(f"{PERSON}family/", family.person_family, name="person_family"),
    path(
        f"{PERSON}leave-service/",
        service.person_leave_service,
        name="person_leave_service",
    ),
    path(f"{PERSON}show-phone/", person.show_phone, name="person_show_phone"),
]
