"""The demo: one lively school division, a second district behind the wall, and the people to sign in as.

Thinking is pure and separate from storing: `school_days`, `dates`, `places`, `roster`, `posts`, `focus`,
`choices`, `trios`, `words` and `plan` import neither models nor Django; the `store` package writes the rows.
Every later part of the product adds its own part to `load.PARTS`, so that each page has something true
to show.
"""
