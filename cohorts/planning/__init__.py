"""Thinking about a year of sessions: days, agendas, groups, codes, hours. No Django, no rows."""
