"""Lists of measures from outside: read, understood, compared with what there is, and taken over all or nothing.

reading → mapping → checking → comparing → applying; each step knows only those before it.
"""
