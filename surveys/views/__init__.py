"""Surveys: views, one noun a file."""
