from django.urls import path

from masterplan import link_views

urlpatterns = [path("link/stand/<token>/", link_views.status_by_link, name="status_by_link")]
