"""`rnn-desk devices`: what a model can run on here, and why not on the others."""

from __future__ import annotations

from dataclasses import asdict

from rnn_desk.commands.console import tell_json, tell_table


def tell_devices(as_json: bool) -> None:
    """Tell every device that this program knows."""
    import onnxruntime  # the runtime takes a while to load

    from rnn_desk.engine.devices import devices

    known = devices()
    if as_json:
        tell_json(
            {
                "devices": [asdict(device) for device in known],
                "onnxruntime": onnxruntime.__version__,
            }
        )
        return
    rows = [(d.name, d.label, "usable" if d.usable else f"no: {d.reason}") for d in known]
    tell_table([("name", "device", ""), *rows])
