from django.urls import path

from diedie_edu.office.views import contacts

CONTACTS = "desk/office/contacts/"
FOLLOW_UP = "desk/office/follow-ups/<int:pk>/"

urlpatterns = [
    path(CONTACTS, contacts.contact_list, name="contact_list"),
    path(f"{CONTACTS}new/<slug:slug>/", contacts.contact_new, name="contact_new"),
    path(f"{CONTACTS}<int:pk>/", contacts.contact, name="contact"),
    path(f"{CONTACTS}<int:pk>/change/", contacts.contact_change, name="contact_change"),
    path(f"{CONTACTS}<int:pk>/follow-up/", contacts.follow_up_new, name="follow_up_new"),
    path(FOLLOW_UP, contacts.follow_up_change, name="follow_up_change"),
    path(f"{FOLLOW_UP}tick/", contacts.follow_up_tick, name="follow_up_tick"),
    path(f"{FOLLOW_UP}remove/", contacts.follow_up_remove, name="follow_up_remove"),
]
