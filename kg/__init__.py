"""poverty-kg: Chinese reports on poverty alleviation as a knowledge graph with a source sentence behind every claim."""

__version__ = "0.1.0"

__all__ = ["__version__"]
