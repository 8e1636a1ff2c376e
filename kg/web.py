"""Requests to a server over HTTP: only http and https, nothing followed elsewhere, errors in plain words.

Credentials come from the environment and are sent only when the server asks for them, never to another
address, and never readable over an open network.
"""

from __future__ import annotations

import ipaddress
import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import requests
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

from kg.errors import EndpointError, EndpointRefusedError
from kg.store_folder import tool_version

USER, PASSWORD, TOKEN = "GOVKG_ENDPOINT_USER", "GOVKG_ENDPOINT_PASSWORD", "GOVKG_ENDPOINT_TOKEN"
SECONDS = "GOVKG_ENDPOINT_SECONDS"

_SECONDS = 300.0
_TO_CONNECT = 15.0
_LARGEST = 1 << 30
_CHUNK = 1 << 16
_LONGEST_REASON = 300
_RETRIED = frozenset((429, 502, 503, 504))
_PAUSES = (0.5, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent back: status, headers (names in any case) and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """Return the media type of the body without its parameters, "" if none is given."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


class Web:
    """Connections to one server; a context manager."""

    def __init__(self, url: str) -> None:
        """Prepare requests to an address; nothing is sent yet.

        Raises EndpointError if it is no http or https address, or has a password in it.
        """
        self.url = checked_address(url)
        self._session = requests.Session()
        self._session.headers["User-Agent"] = f"governance-kg/{tool_version()}"
        self._seconds = _seconds()

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def __enter__(self) -> Web:
        """Return the connections themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()

    def send(
        self,
        method: str,
        *,
        params: Mapping[str, str] | None = None,
        body: bytes | Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        again: bool = False,
    ) -> Answer:
        """Send a request and return what a server that agreed sent back.

        `params` go into the address; a mapping as `body` is sent as a form. With `again`, a request that
        a busy server turned away, or whose connection broke, is sent again after a pause: only for what
        may be done twice. Raises EndpointRefusedError for a status of 400 and above, EndpointError if there
        is no answer, a redirection, or too much of an answer.
        """

        def attempt() -> Answer:
            answer = self._once(method, params, body, headers)
            if answer.status == 401:
                self._session.auth = _credentials(answer, self.url)
                answer = self._once(method, params, body, headers)
            return self._agreed(answer)

        return _with_pauses(attempt) if again else attempt()

    def _once(
        self,
        method: str,
        params: Mapping[str, str] | None,
        body: bytes | Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
    ) -> Answer:
        try:
            with self._session.request(
                method,
                self.url,
                params=params,
                data=body,
                headers=headers,
                allow_redirects=False,
                stream=True,
                timeout=(_TO_CONNECT, self._seconds),
            ) as response:
                return Answer(response.status_code, response.headers, self._body(response))
        except requests.exceptions.ConnectTimeout as exc:
            raise self._broken(
                f"the server could not be reached in {_TO_CONNECT:g} seconds",
                "see that the address is right and that the server runs",
            ) from exc
        except requests.exceptions.Timeout as exc:
            raise self._too_slow() from exc
        except requests.exceptions.SSLError as exc:
            raise self._broken(
                f"the server's certificate cannot be trusted ({_cause(exc)})",
                "ask who runs the server, or name its authority's certificate in REQUESTS_CA_BUNDLE",
            ) from exc
        except requests.exceptions.ConnectionError as exc:
            if "timed out" in str(exc):
                raise self._too_slow() from exc
            raise self._broken(
                f"no connection to the server ({_cause(exc)})",
                "see that the address is right and that the server runs",
            ) from exc
        except requests.exceptions.RequestException as exc:
            raise self._broken(
                f"the server's answer broke off or cannot be read ({_cause(exc)})", "try again"
            ) from exc

    def _body(self, response: requests.Response) -> bytes:
        chunks = []
        size = 0
        deadline = time.monotonic() + self._seconds
        for chunk in response.iter_content(_CHUNK):
            chunks.append(chunk)
            size += len(chunk)
            if size > _LARGEST:
                raise self._broken(
                    f"the answer is larger than {_LARGEST >> 20:,} MiB",
                    "ask for less, with LIMIT or a filter",
                )
            if time.monotonic() > deadline:
                raise self._too_slow()
        return b"".join(chunks)

    def _agreed(self, answer: Answer) -> Answer:
        if 300 <= answer.status < 400:
            target = urljoin(self.url, answer.headers.get("Location", ""))
            raise self._broken(
                f"the server redirects to {target}", "give that address if you trust it; none is followed"
            )
        if answer.status >= 400:
            raise EndpointRefusedError(
                answer.status,
                f"the server answers {answer.status}{_reason(answer)}",
                file=self.url,
                remedy=_remedy(answer.status),
            )
        return answer

    def _broken(self, problem: str, remedy: str) -> EndpointError:
        return EndpointError(problem, file=self.url, remedy=remedy)

    def _too_slow(self) -> EndpointError:
        return self._broken(
            f"the server gave no whole answer in {self._seconds:g} seconds",
            f"ask for less, or give it more seconds in {SECONDS}",
        )


def checked_address(url: str) -> str:
    """Return the address; raises EndpointError if it is no http or https address, or has a password in it."""
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        has_host = False
    if not has_host or parts.scheme not in ("http", "https") or re.search(r"[\s<>\"{}|\\^`]", url):
        raise EndpointError(
            f"{url!r} is no web address", remedy="give one such as http://localhost:7878/query"
        )
    if parts.username is not None or parts.password is not None:
        raise EndpointError(
            f"the address of {parts.hostname} has a user name or password in it",
            remedy=f"take them out, and put them into {USER} and {PASSWORD}",
        )
    return url.partition("#")[0]


def is_web_address(text: str) -> bool:
    """Tell whether the text means a server rather than a folder."""
    return text.startswith(("http://", "https://"))


def _seconds() -> float:
    text = os.environ.get(SECONDS, "")
    try:
        seconds = float(text) if text else _SECONDS
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise EndpointError(
            f"{SECONDS} is {text!r}, no number of seconds", remedy="set it to one such as 600"
        )
    return seconds


class _Bearer(AuthBase):
    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _credentials(answer: Answer, url: str) -> AuthBase:
    """Return how to answer a server that asks who is there."""
    asked = answer.headers.get("WWW-Authenticate", "").lower()
    user, password, token = (os.environ.get(name) for name in (USER, PASSWORD, TOKEN))
    chosen: AuthBase | None = None
    if user is not None and password is not None and "digest" in asked:
        return HTTPDigestAuth(user, password)
    if token is not None and "bearer" in asked:
        chosen = _Bearer(token)
    elif user is not None and password is not None and "basic" in asked:
        chosen = HTTPBasicAuth(user.encode(), password.encode())
    if chosen is None:
        raise EndpointRefusedError(
            answer.status,
            "the server asks who you are",
            file=url,
            remedy=f"set {USER} and {PASSWORD}" + (f", or {TOKEN}" if "bearer" in asked else ""),
        )
    if not _is_private(url):
        raise EndpointError(
            "the server asks for a password that anybody on the way could read",
            file=url,
            remedy="use its https address",
        )
    return chosen


def _is_private(url: str) -> bool:
    """Tell whether nobody on the way can read what is sent."""
    parts = urlsplit(url)
    if parts.scheme == "https" or parts.hostname == "localhost":
        return True
    try:
        return ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def _with_pauses(attempt: Callable[[], Answer]) -> Answer:
    for pause in _PAUSES:
        try:
            return attempt()
        except EndpointRefusedError as refusal:
            if refusal.status not in _RETRIED:
                raise
        except EndpointError as error:
            if not isinstance(error.__cause__, requests.exceptions.ConnectionError):
                raise
        time.sleep(pause)
    return attempt()


def _reason(answer: Answer) -> str:
    """Return the first of what the server says for itself, without markup."""
    text = answer.body[: 1 << 14].decode("utf-8", "replace")
    if answer.media_type in ("text/html", "application/xhtml+xml"):
        text = re.sub(r"(?is)<(style|script|title)\b.*?</\1>", " ", text)
        text = re.sub(r"<[^>]*>", " ", text)
    text = " ".join(text.partition("SPARQL query:")[0].split())
    if len(text) > _LONGEST_REASON:
        text = text[:_LONGEST_REASON] + "…"
    return f": {text}" if text else ""


def _remedy(status: int) -> str:
    if status in (401, 403):
        return f"see that {USER} and {PASSWORD} are right and that you may do this there"
    if status in (404, 405):
        return "see that this is the server's address for this"
    if status == 413:
        return "the server takes less at once"
    if status in _RETRIED:
        return "the server is busy; try again later"
    return "see what the server says"


def _cause(error: BaseException) -> str:
    """Return the innermost cause that says anything, such as «Connection refused»."""
    found = re.findall(r"\[Errno -?\d+\] ([^'\"()\[\]]+)", str(error))
    if found:
        return str(found[-1]).strip()
    text = str(error).partition("Caused by")[2] or str(error)
    return " ".join(text.replace("(", " ").replace(")", " ").split())[:_LONGEST_REASON]
