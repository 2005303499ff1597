"""The gallery: every component once, for whoever builds or reviews a page. Not served in production."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/gallery.html", {})
