"""What is measured per group: rates, quoting, tone, acts, frames, co-occurrence, wire copy."""
