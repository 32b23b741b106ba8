"""What the second instance knows the first one by."""

CLIENT_ID = "directory"
# pragma: allowlist nextline secret - 2026-11-30: invented
CLIENT_SECRET = "invented for tests"
