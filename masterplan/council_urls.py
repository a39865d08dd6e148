from django.urls import path

from masterplan.views import council

urlpatterns = [
    path("massnahmen/", council.council_measures, name="council_measures"),
    path("massnahmen/<str:number>/", council.council_measure, name="council_measure"),
]
