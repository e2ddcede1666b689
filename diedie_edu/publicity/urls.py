"""News for everybody (`news/…`), and the pages of those who publish (`desk/publicity/…`)."""

from django.urls import path

from diedie_edu.publicity.views import consents, news, pictures, posters, posts, records, settings

app_name = "publicity"
urlpatterns = [
    path("news/", news.news, name="news"),
    path("news/feed/", news.feed, name="feed"),
    path("news/feed/<slug:slug>/", news.feed, name="feed_of"),
    path("news/<int:pk>/", news.post, name="post"),
    path("my/pictures/<int:pk>/no/", consents.say_no, name="say_no"),
    path("desk/publicity/", posts.desk, name="desk"),
    path("desk/publicity/write/", posts.write, name="write"),
    path("desk/publicity/newsletter/", posts.newsletter, name="newsletter"),
    path("desk/publicity/<int:pk>/", posts.work, name="work"),
    path("desk/publicity/<int:pk>/change/", posts.change, name="change"),
    path("desk/publicity/<int:pk>/publish/", posts.publish, name="publish"),
    path("desk/publicity/<int:pk>/correct/", posts.correct, name="correct"),
    path("desk/publicity/<int:pk>/take-down/", posts.take_down, name="take_down"),
    path("desk/publicity/<int:pk>/pin/", posts.pin, name="pin"),
    path("desk/publicity/<int:pk>/drop/", posts.drop, name="drop"),
    path("desk/publicity/<int:pk>/put-in/", posts.put_in, name="put_in"),
    path("desk/publicity/<int:pk>/take-out/<int:place>/", posts.take_out, name="take_out"),
    path("desk/publicity/pictures/", pictures.pictures, name="pictures"),
    path("desk/publicity/pictures/add/", pictures.add, name="picture_add"),
    path("desk/publicity/pictures/<int:pk>/", pictures.picture, name="picture"),
    path("desk/publicity/pictures/<int:pk>/remove/", pictures.remove, name="picture_remove"),
    path("desk/publicity/gone-out/", pictures.gone_out, name="gone_out"),
    path("desk/publicity/gone-out/<int:pk>/", pictures.take_in, name="take_in"),
    path("desk/publicity/consents/", consents.consents, name="consents"),
    path("desk/publicity/consents/of/<person:pk>/", consents.give, name="consent_give"),
    path(
        "desk/publicity/consents/of/<person:pk>/for/<int:bond>/", consents.give, name="consent_for"
    ),
    path("desk/publicity/consents/<int:pk>/withdraw/", consents.withdraw, name="consent_withdraw"),
    path("desk/publicity/went-out/<slug:key>/", records.went_out, name="went_out"),
    path("desk/publicity/records/", records.records, name="records"),
    path("desk/publicity/records/add/", records.add, name="record_add"),
    path("desk/publicity/records/<int:pk>/", records.change, name="record_change"),
    path("desk/publicity/posters/", posters.posters, name="posters"),
    path("desk/publicity/posters/<int:pk>/", posters.poster, name="poster"),
    path("desk/publicity/reviewed/", settings.reviewed, name="reviewed"),
]
