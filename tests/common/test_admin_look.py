"""The admin's first page opens on setting up a cohort, in the site's own frame."""

from django.template.loader import render_to_string

from tests.pages.document import parse, problems

MENU = [
    {
        "app_label": "cohorts",
        "name": "Cohorts",
        "models": [
            {
                "name": "schools",
                "object_name": "School",
                "admin_url": "/admin/s/",
                "add_url": "/admin/s/add/",
            },
            {"name": "trios", "object_name": "Trio", "admin_url": "/admin/t/", "add_url": None},
        ],
    }
]


def first_page(rf, user, **context) -> str:
    request = rf.get("/admin/")
    request.user = user
    context = {"title": "Set up your program", "user": user, "has_permission": True, **context}
    return render_to_string("admin/index.html", {"app_list": MENU, **context}, request)


def test_years_that_wait_come_first_and_say_what_is_missing(rf, cast):
    years = [
        {"name": "Leaders, 2026–27", "url": "/a/", "missing": 3},
        {"name": "New principals, 2026–27", "url": "/b/", "missing": 1},
        {"name": "Directors, 2026–27", "url": "/c/", "missing": 0},
    ]
    html = first_page(rf, cast.lead, setup_cohorts=years)
    assert problems(html) == []
    assert ["3 things are missing" in html, "1 thing is missing" in html, "Ready to open" in html] == [
        True
    ] * 3
    headings = ["".join(node.itertext()).strip() for node in parse(html).iter("h2")]
    assert headings == ["Set up a cohort", "In the order of a year"]


def test_without_such_a_year_the_page_says_where_to_start(rf, cast):
    html = first_page(rf, cast.lead)
    assert problems(html) == []
    assert "No year is waiting to be opened." in html
    assert "Every school and the central office" in html


def test_the_admin_has_the_header_of_the_site_and_none_of_its_own_themes(rf, cast):
    html = first_page(rf, cast.lead)
    assert 'class="wordmark"' in html
    assert "admin/css/dark_mode.css" not in html
    assert html.index("admin/css/responsive.css") < html.index("css/admin.css")
