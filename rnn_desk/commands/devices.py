"""`rnn-desk devices`: what a model can run on here, and why not on the others."""

from __future__ import annotations

from rnn_desk.commands.console import tell_json, tell_table, warn


def tell_devices(as_json: bool) -> None:
    """Tell every device that this program knows, each that may be usable tried."""
    import onnxruntime  # the runtime takes a while to load

    from rnn_desk.engine.devices import clash, devices
    from rnn_desk.engine.sessions import tried

    known = [tried(device) for device in devices()]
    wrong = clash()
    if as_json:
        tell_json(
            {
                "devices": [
                    {
                        "name": device.name,
                        "label": device.label,
                        "provider": device.provider,
                        "usable": device.usable,
                        "reason": device.reason,
                        "cores": device.cores or None,
                    }
                    for device in known
                ],
                "onnxruntime": onnxruntime.__version__,
                "warning": None if wrong is None else str(wrong),
            }
        )
        return
    if wrong is not None:
        warn(str(wrong))
    rows = [
        (
            device.name,
            f"{device.label}, {device.cores} cores" if device.cores else device.label,
            "usable" if device.usable else f"no: {device.reason}",
        )
        for device in known
    ]
    tell_table([("name", "device", ""), *rows])
