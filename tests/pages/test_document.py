"""The structure check itself: each rule is broken once and must be named."""

import pytest

from tests.pages.document import problems

SOUND = """<!doctype html><html lang="en"><head><title>Page</title></head><body>
<a href="#main">Skip</a><main id="main"><h1>One</h1><label for="a">A</label>
<input id="a" name="a" aria-describedby="help"><p id="help">Help</p></main></body></html>"""


def test_a_sound_page_has_no_problem():
    assert problems(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("<h1>One</h1>", "", "has 0 h1 headings, one is right"),
        ("<h1>One</h1>", "<h1>One</h1><h3>Two</h3>", "jumps from h1 to h3"),
        ('lang="en"', "", "does not say its language"),
        ("<title>Page</title>", "", "has no title"),
        ('<a href="#main">Skip</a>', "", "has no skip link to its main landmark"),
        ('<label for="a">A</label>', "", "has a input “a” without a label"),
        ('<p id="help">Help</p>', "", "points aria-describedby at “help”, which is not on the page"),
        ("<h1>One</h1>", '<h1>One</h1><img src="x">', "has an image without alt text: x"),
        ("<h1>One</h1>", "<h1>One</h1><button></button>", "has a button without words: {}"),
        ("<h1>One</h1>", '<h1 id="a">One</h1>', "has the id “a” 2 times"),
        (
            "<h1>One</h1>",
            "<h1>One</h1><script>1</script>",
            "has an inline script, which the content security policy forbids",
        ),
        ("<h1>One</h1>", '<h1 style="color:red">One</h1>', "has an inline style on <h1>"),
    ],
)
def test_a_broken_rule_is_named(old, new, sentence):
    assert sentence in problems(SOUND.replace(old, new))
