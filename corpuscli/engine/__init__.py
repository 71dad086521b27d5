"""Decide who reads the dumps: this process, several processes or a cluster, always in order."""
