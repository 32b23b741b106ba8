"""
Sign-in: of django-allauth only the views an e-mailed code needs.

Its view names stay as they are, since it looks them up itself.
"""

from allauth.account import views as allauth
from django.urls import include, path

from accounts import views

_ours = [path("demo/<str:value>/", views.demo_sign_in, name="demo")]

urlpatterns = [
    path("login/", allauth.request_login_code, name="account_login"),
    path("login/", allauth.request_login_code, name="account_request_login_code"),
    path("login/code/", allauth.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("", include((_ours, "accounts"))),
]
