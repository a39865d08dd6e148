from django.urls import path

from portal import views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("postausgang/", views.post, name="post"),
    path("postausgang/<int:pk>/", views.post_mail, name="post_mail"),
    path("postausgang/<int:pk>/link-widerrufen/", views.post_revoke, name="post_revoke"),
    path("postausgang/<int:pk>/erneut/", views.post_resend, name="post_resend"),
]
