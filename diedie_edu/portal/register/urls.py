from django.urls import path

from diedie_edu.portal.register.views import entering, family, people, person

urlpatterns = [
    path("desk/people/", people.people, name="people"),
    path("desk/people/new/", entering.people_new, name="people_new"),
    path("desk/people/<int:pk>/", person.person, name="person"),
    path("desk/people/<int:pk>/family/", family.person_family, name="person_family"),
    path("desk/people/<int:pk>/show-phone/", person.show_phone, name="person_show_phone"),
]
