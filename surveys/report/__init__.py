"""The report of two waves: gathered from the ledgers, computed by surveys.analysis, put into words, drawn.

gather → surveys.analysis.study → contents (sections of words, tables, pictures) → page, PDF, Word, XLSX,
JSON. What may not be shown is left out before `contents`, so that no format can show it.
"""
