from django.urls import path

from masterplan import public_views

urlpatterns = [
    path("strategie/", public_views.strategy, name="public_strategy"),
    path("handlungsfelder/<slug:slug>/", public_views.field, name="public_field"),
    path("massnahmen/", public_views.measures, name="public_measures"),
    path("massnahmen/zeitplan/", public_views.timeline_page, name="public_timeline"),
    path("massnahmen/trend/", public_views.trend_page, name="public_trend"),
    path("massnahmen/<slug:slug>/", public_views.measure, name="public_measure"),
    path("massnahmen/<slug:slug>/dokumente/<int:pk>/<str:name>", public_views.attachment, name="public_attachment"),
]
