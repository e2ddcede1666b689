from django.urls import path

from diedie_edu.portal.sign_in.views import codes, owner, passwords, privacy, profile, registration

app_name = "accounts"
urlpatterns = [
    path("sign-in/", passwords.sign_in, name="sign_in"),
    path("sign-in/code/", codes.sign_in_code, name="sign_in_code"),
    path("sign-in/code/enter/", codes.enter_code, name="enter_code"),
    path("sign-in/name/", owner.owner, name="owner"),
    path("sign-in/code/again/", codes.send_again, name="send_again"),
    path("sign-in/forgotten/", codes.reset, name="reset"),
    path("sign-in/new-password/", passwords.new_password, name="new_password"),
    path("sign-out/", passwords.sign_out, name="sign_out"),
    path("register/", codes.register, name="register"),
    path("register/name/", registration.finish, name="finish_registration"),
    path("me/details/", profile.profile, name="profile"),
    path("me/password/", passwords.password_change, name="password_change"),
    path("privacy/", privacy.privacy, name="privacy"),
]
