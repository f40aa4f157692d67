"""NumPy on one thread, as every process of the program has it."""

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Of the environment, to be set before NumPy is imported. Small matrix products take longer on
several cores than on one, by far when others are busy; and NumPy is imported in half the time where
it starts no threads."""
