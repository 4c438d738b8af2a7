"""The desk's figures: each answers one question about a period, as a sentence, a drawing and a table.

A module a figure: `numbers(...)` asks the database, bounded by the period; `figure(...)` says it.
"""
