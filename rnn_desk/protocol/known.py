"""Findings as they cross between the processes."""

from __future__ import annotations

import msgspec

from rnn_desk.core import card as cards
from rnn_desk.core.errors import Refused
from rnn_desk.protocol.findings import Findings, Tried


class Known(msgspec.Struct, frozen=True):
    """Findings as they cross between processes: the card as contract 3's JSON, which is checked on
    the other side as a file's is."""

    card: str
    evidence: tuple[Tried, ...] = ()
    unchecked: Refused | None = None

    @staticmethod
    def of(findings: Findings) -> Known:
        """These findings."""
        return Known(cards.to_json(findings.card), findings.evidence, findings.unchecked)

    @property
    def findings(self) -> Findings:
        """What it was made of. Raises Refused where the card is none."""
        return Findings(
            cards.presentable(cards.from_json(self.card)), self.evidence, self.unchecked
        )
