"""What every process of the program has in its environment, before it imports anything."""

from rnn_desk.one_thread import ONE_THREAD

NO_TELEMETRY = {"ORT_DISABLE_TELEMETRY": "1"}
"""onnxruntime would leave a number of the machine and a database in the user's cache, and send its
maker what it is used for; the environment alone stops it before it begins."""

ENVIRONMENT = {**ONE_THREAD, **NO_TELEMETRY}
