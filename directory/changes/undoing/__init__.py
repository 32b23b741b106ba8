"""
Takes a whole run back: decides from the trail what each row has to hold, then writes it.

Set-based, in the caller's transaction, in temporary tables named by what they hold of each noun:
`trail_…` the rows a run touched, `wanted_…` what those it changed have to hold afterwards,
`staying_…` those it made that something stands on, `going_…` those it made that go again.
"""
