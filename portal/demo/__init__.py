"""Example data: an invented plan with two years of history, everything relative to the day it is made."""
