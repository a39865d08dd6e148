from django.urls import path

from ground import public_views

urlpatterns = [
    path("wappen.png", public_views.arms, name="public_arms"),
    path("favicon.ico", public_views.icon, name="public_icon"),
]
