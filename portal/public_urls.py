from django.urls import path

from portal import public_files, public_views

urlpatterns = [
    path("", public_views.start, name="public_start"),
    path("digital-officer/", public_views.officer, name="public_officer"),
    path("impressum/", public_views.imprint, name="public_imprint"),
    path("datenschutz/", public_views.privacy, name="public_privacy"),
    path("barrierefreiheit/", public_views.accessibility, name="public_accessibility"),
    path("robots.txt", public_files.robots, name="public_robots"),
    path(".well-known/security.txt", public_files.security, name="public_security"),
]
