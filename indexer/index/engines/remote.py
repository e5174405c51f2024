"""Where a search cluster is, and how it is spoken to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remote:
    """Where a cluster is, and how it is spoken to.

    `urls` are those of its nodes, with commas between. The password is in a file, so that it is in
    no setting that is shown. `seconds` is how long one call may take. An index has `shards`, each
    with so many `replicas`.
    """

    urls: str = ""
    user: str = ""
    password_file: str = ""
    authority: str = ""
    plain: bool = False
    seconds: int = 30
    shards: int = 1
    replicas: int = 1
