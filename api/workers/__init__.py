"""Query processes: the only place where public SPARQL is parsed and evaluated."""

from api.workers.pool import Pool, PoolBusyError, WorkerDiedError, WorkerLimits, WorkerStartError
from api.workers.wire import Fault, Kind, Question

__all__ = ["Fault", "Kind", "Pool", "PoolBusyError", "Question", "WorkerDiedError", "WorkerLimits", "WorkerStartError"]
