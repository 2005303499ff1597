"""allauth's elements render in our look and stay tied together."""

from django import forms
from django.template import Origin, RequestContext, Template

from tests.pages.document import parse, problems

PAGE = """{% extends "allauth/layouts/entrance.html" %}{% load allauth %}
{% block head_title %}Door{% endblock %}
{% block content %}
{% element h1 %}Door{% endelement %}
{% element p %}Words{% endelement %}{% element hr %}{% endelement %}{% element h2 %}More{% endelement %}
{% element alert %}{% slot message %}Careful{% endslot %}{% endelement %}
{% element form form=form method="post" action="/x/" %}
{% slot body %}{% element fields form=form %}{% endelement %}
{% element field type="text" id="secret" value="abc" disabled=True %}
{% slot label %}Secret{% endslot %}{% slot help_text %}Keep it.{% endslot %}{% endelement %}
{% element field type="checkbox" id="saved" %}{% slot label %}Saved{% endslot %}{% endelement %}
{% element field type="textarea" id="codes" rows=3 readonly=True %}
{% slot label %}Codes{% endslot %}{% slot value %}1{% endslot %}{% endelement %}{% endslot %}
{% slot actions %}{% element button type="submit" tags="prominent,login" %}Go{% endelement %}
{% element button href="/y/" tags="link,cancel" %}Back{% endelement %}
{% element button tags="danger,delete" name="a" value="b" %}Remove{% endelement %}{% endslot %}
{% endelement %}
{% element panel %}{% slot title %}Keys{% endslot %}{% slot body %}None.{% endslot %}
{% slot actions %}{% element button href="/z/" tags="panel" %}Add{% endelement %}{% endslot %}{% endelement %}
{% element badge tags="success" %}Verified{% endelement %}
{% element details open=True %}{% slot summary %}More{% endslot %}
{% slot body %}Text{% endslot %}{% endelement %}
{% element provider_list %}
{% element provider name="Google" provider_id="google" href="/g/" %}{% endelement %}{% endelement %}
{% element table %}{% element thead %}{% element tr %}{% element th %}A{% endelement %}{% endelement %}
{% endelement %}{% element tbody %}{% element tr %}{% element td align="right" %}1{% endelement %}
{% endelement %}{% endelement %}{% endelement %}
{% element button_group vertical=True %}{% element button href="/c/" tags="outline" %}Code{% endelement %}
{% endelement %}
{% element img src="data:," alt="A code" %}{% endelement %}
{% endblock %}"""


class Door(forms.Form):
    email = forms.EmailField(label="E-mail address", help_text="Yours.")


def test_every_element_on_one_page_is_sound(rf):
    origin = Origin(name="door.html", template_name="door.html")
    context = RequestContext(rf.get("/"), {"form": Door({})})
    html = Template(PAGE, origin=origin, name="door.html").render(context)
    assert problems(html) == []
    document = parse(html)
    secret = next(node for node in document.iter("input") if node.get("id") == "secret")
    assert secret.get("aria-describedby") == "secret_helptext"
    classes = [n.get("class") for n in document.iter("button") if (n.get("class") or "").startswith("btn")]
    assert classes == ["btn btn-primary", "btn btn-outline-danger"]
