"""Learning sessions: the year's days, agendas, groups, attendance, look-backs. One noun a file."""
