"""Surveys: forms, one noun a file."""
