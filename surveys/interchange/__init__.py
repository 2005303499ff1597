"""Formats of an instrument's structure, and the plain values between them and the rows. Pure."""
