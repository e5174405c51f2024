"""Official numbering: the opening of a paragraph → its label; a label → its local id and keys."""

from indexer.labels.keys import is_sublabel, label_key, label_keys, local_id
from indexer.labels.opening import Labelled, split_label

__all__ = ["Labelled", "is_sublabel", "label_key", "label_keys", "local_id", "split_label"]
