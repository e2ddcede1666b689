from django.urls import path

from edu_base.views import lists

urlpatterns = [path("desk/education/lists/", lists.whole_lists, name="whole_lists")]
