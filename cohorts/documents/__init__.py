"""Attendance on paper: the certificate and the transcript."""
