"""The program without its window and without its engine: jobs, engine processes, remembered files.

Tested without Qt and, behind `jobs.Engine`, without any engine process.
"""
