"""The gate goes red for a rule that no test walks."""

from tests.coverage_gate import short

FILES = {
    "cohorts/services.py": {
        "summary": {"percent_covered": 90.0},
        "missing_lines": [7],
        "missing_branches": [[3, 5]],
    },
    "cohorts/views.py": {"summary": {"percent_covered": 10.0}, "missing_lines": [1]},
}


def test_only_the_files_of_the_gate_are_held_to_it():
    found = short({"files": FILES}, patterns=["*/services.py"], percent=95)

    assert found == ["cohorts/services.py: 90.0 % (missed lines: 7; branches: 3→5)"]


def test_enough_is_enough():
    assert short({"files": FILES}, patterns=["*/services.py"], percent=90) == []
