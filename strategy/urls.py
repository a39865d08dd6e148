from django.urls import path

from strategy import views

urlpatterns = [
    path("strategie/", views.strategy_edit, name="strategy_edit"),
    path("strategie/verlauf/", views.strategy_history, name="strategy_history"),
    path("strategie/entwurf/", views.strategy_add, name="strategy_add"),
    path("strategie/<int:pk>/", views.strategy_text, name="strategy_text"),
    path("strategie/<int:pk>/ziel/", views.goal_add, name="goal_add"),
    path("strategie/ziele/<int:pk>/", views.goal_edit, name="goal_edit"),
    path("strategie/ziele/<int:pk>/verschieben/", views.goal_move, name="goal_move"),
    path("strategie/ziele/<int:pk>/entfernen/", views.goal_remove, name="goal_remove"),
    path("strategie/handlungsfelder/neu/", views.field_add, name="field_add"),
    path("strategie/handlungsfelder/<int:pk>/", views.field_edit, name="field_edit"),
]
