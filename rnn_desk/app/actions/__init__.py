"""What a person can do, as pure functions from one state to the next.

An action that changes nothing gives back the very state that it was given.
"""
