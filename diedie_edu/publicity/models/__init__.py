from diedie_edu.publicity.models.consents import PictureConsent
from diedie_edu.publicity.models.pictures import PersonInPicture, Picture, PostPicture
from diedie_edu.publicity.models.posts import Post, PostAuthor, PostCorrection, PublicitySetting
from diedie_edu.publicity.models.records import OutwardRecord

__all__ = [
    "OutwardRecord",
    "PersonInPicture",
    "Picture",
    "PictureConsent",
    "Post",
    "PostAuthor",
    "PostCorrection",
    "PostPicture",
    "PublicitySetting",
]
