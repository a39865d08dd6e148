"""The money of measures: lines of the budget, what is proposed for them, grants, running costs and benefits."""
