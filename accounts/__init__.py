"""Who is asking: people who sign in, and the machines that act for a department."""
