"""What ID402 and ID403 say about the currency: ISO 4217, numeric or alphabetic, or the old telephone country code."""

import re
from typing import Final

_ALPHA: Final = re.compile(r"[A-Z]{3}")

_ISO_NUMERIC: Final[dict[str, str]] = {
    "032": "ARS", "036": "AUD", "124": "CAD", "152": "CLP", "156": "CNY", "170": "COP", "203": "CZK", "208": "DKK",
    "344": "HKD", "348": "HUF", "356": "INR", "360": "IDR", "376": "ILS", "392": "JPY", "400": "JOD", "410": "KRW",
    "414": "KWD", "458": "MYR", "484": "MXN", "554": "NZD", "578": "NOK", "604": "PEN", "608": "PHP", "634": "QAR",
    "643": "RUB", "682": "SAR", "702": "SGD", "704": "VND", "710": "ZAR", "752": "SEK", "756": "CHF", "764": "THB",
    "784": "AED", "788": "TND", "818": "EGP", "826": "GBP", "840": "USD", "901": "TWD", "946": "RON", "949": "TRY",
    "975": "BGN", "978": "EUR", "980": "UAH", "985": "PLN", "986": "BRL",
}  # fmt: skip

# Devices from before ISO 4217 was used here name a country by its telephone code. Italy's are older than the euro.
_TELEPHONE: Final[dict[str, str]] = {
    "1": "USD", "7": "RUB", "20": "EGP", "27": "ZAR", "31": "EUR", "32": "EUR", "33": "EUR", "34": "EUR", "36": "HUF",
    "39": "EUR", "41": "CHF", "43": "EUR", "44": "GBP", "45": "DKK", "46": "SEK", "47": "NOK", "48": "PLN",
    "49": "EUR", "52": "MXN", "55": "BRL", "61": "AUD", "64": "NZD", "65": "SGD", "81": "JPY", "82": "KRW",
    "86": "CNY", "90": "TRY", "91": "INR",
}  # fmt: skip


def currency_of(code: str | None, alpha: str | None, decimal_places: int) -> str | None:
    """The alphabetic ISO 4217 code, or None when neither field names a currency that is known.

    A valid ID403 wins over ID402. `0001`, `001` and `1` are the telephone code of the United States; `1978` is ISO
    number 978 behind the mark 1; `840` is an ISO number as it stands. Italy without decimals counted lire.
    """
    if alpha and _ALPHA.fullmatch(alpha.strip()):
        return alpha.strip()
    digits = (code or "").strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 4:
        return None
    if len(digits) == 4 and digits[0] == "1":
        return _ISO_NUMERIC.get(digits[1:])
    telephone = digits.lstrip("0")
    if telephone == "39" and decimal_places == 0:
        return "ITL"
    if len(digits) == 3 and digits in _ISO_NUMERIC:
        return _ISO_NUMERIC[digits]
    return _TELEPHONE.get(telephone)
