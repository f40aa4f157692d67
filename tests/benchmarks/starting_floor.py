"""The floor under `starting`: a bare window, then a bare session of the same model and one run.

    python -m tests.benchmarks.starting_floor MODEL

Nothing of the program, in one process and one after the other. It writes a line when each is done,
as the program does (`starting_program`).
"""

from __future__ import annotations

import sys


def main(model: str) -> int:
    """Show the window, then have the model read a picture."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    class Bare(QWidget):
        painted = False

        def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802  Qt's name
            if not self.painted:
                self.painted = True
                QTimer.singleShot(0, say_painted)  # once what was painted is on the screen

    def say_painted() -> None:
        sys.stdout.write("painted\n")
        sys.stdout.flush()
        run_once(model)
        sys.stdout.write("answered\n")
        sys.stdout.flush()
        app.quit()

    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    bare = Bare()
    bare.resize(1280, 760)
    bare.show()
    return app.exec()


def run_once(model: str) -> None:
    """Open the model with nothing but the runtime, and run it on an empty picture."""
    import numpy as np
    import onnxruntime as ort

    session = ort.InferenceSession(model, providers=["CPUExecutionProvider"])
    session.run(None, {session.get_inputs()[0].name: np.zeros((1, 28, 28), np.float32)})


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
