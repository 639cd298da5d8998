"""Pods: which cluster and namespace a part of a split charge is of, by its tags or its name."""

from __future__ import annotations

import json
import re
from typing import NamedTuple
from typing import TYPE_CHECKING

from finops.core.condition import folded
from finops.core.condition import normalized

if TYPE_CHECKING:
    from collections.abc import Mapping

IDLE = "__idle__"
"""What a cluster had and nobody used, as OpenCost calls it."""

NAMESPACE_KEYS = (
    *("aws:eks:namespace", "eks:namespace", "k8s-namespace", "kubernetes-namespace"),
    *("kubernetes.io/namespace", "namespace"),
)
CLUSTER_KEYS = (
    *("aws:eks:cluster-name", "eks:cluster-name", "goog-k8s-cluster-name", "k8s-cluster"),
    *("kubernetes-cluster", "cluster-name", "cluster"),
)
"""The tag keys by which providers tell them, as normalized; the first that is there holds."""

_POD = re.compile(r":pod/([^/]+)/([^/]+)/")
"""A pod as AWS names it: …:pod/CLUSTER/NAMESPACE/POD/UID."""

_NOBODYS = {IDLE, "idle", "unused", "unallocated", "unused capacity", "idle capacity"}


class Pod(NamedTuple):
    """The cluster, which may not be told, and the namespace; `IDLE` where it is nobody's."""

    cluster: str
    namespace: str


def pod(tags: Mapping[str, str], resource: str, name: str = "") -> Pod:
    """Where a part belongs: by its tags, else by its id, else its own name stands for both."""
    parts = _POD.search(resource)
    cluster, namespace = parts.groups() if parts else ("", name or resource)
    cluster = next((tags[key] for key in CLUSTER_KEYS if tags.get(key)), cluster)
    namespace = next((tags[key] for key in NAMESPACE_KEYS if tags.get(key)), namespace)
    nobodys = not namespace or folded(namespace) in _NOBODYS
    return Pod(cluster, IDLE if nobodys else namespace)


def tags_of(text: object) -> dict[str, str]:
    """The tags that a column holds as JSON, by normalized key; none where it cannot be read."""
    try:
        found = json.loads(str(text or "{}"))
    except ValueError:
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {normalized(key): str(value) for key, value in pairs if value}
