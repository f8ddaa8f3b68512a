"""pdfium's functions about single characters, called without ctypes' checks of every argument.

pypdfium2's own bindings convert and check each argument and give the interpreter's lock away, which takes two thirds of
such a call. These prototypes take what is already a C value (a handle as ``c_void_p``, a ``byref``) and check nothing:
call them with the arguments that the bindings of the same name take, and no others.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from pypdfium2 import raw


def _bare(function: Any, result: Any) -> Callable[..., Any]:
    prototype: Callable[..., Any] = ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)
    return prototype


unicode = _bare(raw.FPDFText_GetUnicode, ctypes.c_uint)
generated = _bare(raw.FPDFText_IsGenerated, ctypes.c_int)
origin = _bare(raw.FPDFText_GetCharOrigin, ctypes.c_int)
matrix = _bare(raw.FPDFText_GetMatrix, ctypes.c_int)
font_size = _bare(raw.FPDFText_GetFontSize, ctypes.c_double)
font_weight = _bare(raw.FPDFText_GetFontWeight, ctypes.c_int)
font_info = _bare(raw.FPDFText_GetFontInfo, ctypes.c_ulong)
loose_box = _bare(raw.FPDFText_GetLooseCharBox, ctypes.c_int)
text_object = _bare(raw.FPDFText_GetTextObject, ctypes.c_void_p)
ink_box = _bare(raw.FPDFText_GetCharBox, ctypes.c_int)


def handle(pointer: Any) -> ctypes.c_void_p:
    """One of pypdfium2's handles as these functions take it. It must be kept open as long as it is used."""
    return ctypes.cast(pointer, ctypes.c_void_p)
