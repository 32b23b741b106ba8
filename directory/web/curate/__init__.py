"""The pages of those who look after feeds: what needs them, and what they may do about it."""
