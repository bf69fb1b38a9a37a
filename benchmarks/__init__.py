"""Measurements beside a peer in the same run: ratios can be trusted, seconds cannot."""
