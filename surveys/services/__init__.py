"""Surveys: services, one noun a file."""
