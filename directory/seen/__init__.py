"""People, teams and organisations as one viewer sees them, whole pages in a few queries."""
