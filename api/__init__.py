"""The server: SPARQL, REST, dumps and pages over one store; public queries run in processes of their own.

``api.app`` puts the parts together. Nothing is imported here: the query processes start from this package too, and
should not load the web framework.
"""

__all__: list[str] = []
