"""Copy what a new file inherits from the old one: owner, mode, ACL and extended attributes."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from ...errors import OutputError

_NO_ATTRIBUTE = {errno.EOPNOTSUPP, errno.ENODATA, errno.EPERM, errno.EACCES, errno.EINVAL}
_ATTRIBUTES = ("user.", "system.", "security.selinux")  # others are a hash of the bytes or a right


def keep_attributes(
    descriptor: int, original: os.stat_result, attributes: dict[str, bytes], path: str
) -> None:
    """Set owner, then ACL, then mode: changing the owner clears mode bits, an ACL changes them."""
    if sys.platform == "win32":  # pragma: no cover - Windows has neither owner nor mode
        return
    draft = os.fstat(descriptor)
    owner = original.st_uid, original.st_gid
    if (draft.st_uid, draft.st_gid) != owner:
        try:
            os.fchown(descriptor, *owner)
        except PermissionError:
            raise OutputError(path, "its owner and group could not be kept") from None
    if sys.platform == "linux":  # pragma: no branch - others show Python no attributes
        present = attributes_of(descriptor)
        with _attributes_are_optional():
            for name in present.keys() - attributes.keys():  # inherited from the directory
                os.removexattr(descriptor, name)
        for name, value in attributes.items() - present.items():
            with _attributes_are_optional():
                os.setxattr(descriptor, name, value)
    mode = stat.S_IMODE(original.st_mode)
    if stat.S_IMODE(os.fstat(descriptor).st_mode) != mode:
        os.fchmod(descriptor, mode)


def attributes_of(where: str | int) -> dict[str, bytes]:
    """Return the ACL and the extended attributes, as far as they exist and may be read."""
    found: dict[str, bytes] = {}
    if sys.platform == "linux":  # pragma: no branch - others show Python no attributes
        with _attributes_are_optional():
            for name in os.listxattr(where):
                if name.startswith(_ATTRIBUTES):
                    found[name] = os.getxattr(where, name)
    return found


@contextmanager
def _attributes_are_optional() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _NO_ATTRIBUTE:
            raise
