# What `signal` is made of, and typeshed leaves out: built into Python, so it takes no import.
from signal import SIG_DFL as SIG_DFL
from signal import SIGINT as SIGINT
from signal import default_int_handler as default_int_handler
from signal import getsignal as getsignal
from signal import signal as signal
