"""The journal, and conversations with the program lead."""

from django.urls import URLPattern, path

from coaching.views import journals

urlpatterns: list[URLPattern] = [
    path("journal/", journals.journal, name="journal"),
    path("meetings/<int:pk>/journal/", journals.journal_write, name="journal_write"),
    path("meetings/<int:pk>/journal/skip/", journals.journal_skip, name="journal_skip"),
    path("journal/<int:pk>/release/", journals.journal_release, name="journal_release"),
    path("conversations/<int:pk>/", journals.conversation, name="conversation"),
    path("conversations/<int:pk>/answer/", journals.conversation_respond, name="conversation_respond"),
    path("conversations/<int:pk>/held/", journals.conversation_held, name="conversation_held"),
]
