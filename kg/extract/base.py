"""What an extractor is: a pure function of one reading, with a declared place in the pipeline."""

from typing import Protocol

from kg.model import Extraction, Reading


class Extractor(Protocol):
    """Reads mentions or claims out of one document; keeps no state between documents.

    Tables (gazetteer, units, indicators, word lists) are given when it is made. No file, no clock, no graph.

    Attributes:
        name: Short name, as in IRIs of runs: "places", "figures".
        version: Raised whenever the same text may give another result.
        requires: What must have been read before: "document", "metadata", "main_place", "mentions:places",
            "entities:places" …
        assigns: What it adds, in the same words.
    """

    @property
    def name(self) -> str:
        """Short name."""
        ...

    @property
    def version(self) -> str:
        """Version of its rules."""
        ...

    @property
    def requires(self) -> frozenset[str]:
        """What must have been read before."""
        ...

    @property
    def assigns(self) -> frozenset[str]:
        """What it adds."""
        ...

    def extract(self, reading: Reading) -> Extraction:
        """Return what it finds, in text order."""
        ...
