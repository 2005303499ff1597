"""Kinds of role as districts write them. No Django here."""

from __future__ import annotations

from cohorts.roster.columns import LEAVE_OUT, Choices, key

# role kind -> words it is known under, as `key` writes them; the first ones match the stored values.
ROLE_WORDS: dict[str, tuple[str, ...]] = {
    "superintendent": (
        "superintendent", "chiefsuperintendent", "superintendentofschools", "directorofeducation",
        "chiefexecutive", "chiefexecutiveofficer", "ceo",
    ),
    "assistant_superintendent": (
        "assistantsuperintendent", "associatesuperintendent", "deputysuperintendent",
        "areasuperintendent", "asstsuperintendent",
    ),
    "director": (
        "director", "directoroflearning", "assistantdirector", "executivedirector", "associatedirector",
        "manager", "supervisor", "coordinator",
    ),
    "principal": ("principal", "headteacher", "head", "headmaster", "headmistress", "actingprincipal"),
    "assistant_principal": (
        "assistantprincipal", "viceprincipal", "associateprincipal", "deputyprincipal", "deputyhead",
        "deputyheadteacher", "assistanthead", "assistantheadteacher", "ap", "vp", "asstprincipal",
        "actingviceprincipal", "actingassistantprincipal",
    ),
    "consultant": ("consultant", "learningconsultant", "advisor", "adviser", "learningcoach", "specialist"),
    "other": ("other",),
}  # fmt: skip
_KIND_OF = {word: kind for kind, words in ROLE_WORDS.items() for word in words}
# Looked for inside a title, most particular first: "assistant principal" also contains "principal".
_IN_TITLE = (
    (
        "assistant_superintendent",
        ("assistantsuperintendent", "associatesuperintendent", "deputysuperintendent"),
    ),
    ("superintendent", ("superintendent",)),
    (
        "assistant_principal",
        (
            "assistantprincipal", "viceprincipal", "associateprincipal", "deputyprincipal", "deputyhead",
            "assistanthead",
        ),
    ),
    ("principal", ("principal", "headteacher")),
    ("director", ("director",)),
    ("consultant", ("consultant",)),
)  # fmt: skip
# What the sending systems call people who are not leaders, or not plainly so: asked, with this suggestion.
SUGGESTED = {
    "administrator": "principal",
    "siteadministrator": "assistant_principal",
    "districtadministrator": "director",
    "systemadministrator": LEAVE_OUT,
    "teacher": LEAVE_OUT,
    "aide": LEAVE_OUT,
    "counselor": LEAVE_OUT,
    "proctor": LEAVE_OUT,
}


def role_kind(word: str, choices: Choices) -> str | None:
    """The kind that a word in the role column means, LEAVE_OUT, or None when nobody has said."""
    word_key = key(word)
    return choices.roles.get(word_key, _KIND_OF.get(word_key))


def role_kind_in_title(title: str) -> str:
    """The kind that a title names, such as principal in "Acting Principal (K–6)"; empty when none."""
    title_key = key(title)
    for kind, words in _IN_TITLE:
        if any(word in title_key for word in words):
            return kind
    return ""
