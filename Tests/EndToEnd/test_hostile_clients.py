"""Bad input at the HTTP door, over raw sockets: what is refused says why, and nothing is left behind.

One server bears all of it. After each class of attack it must answer at once, hold no more descriptors than before, and
have nothing in `incoming/`.
"""

import json
import os
import random
import resource
import socket
import struct
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ..conftest import Server
from .pictures import png
from .test_problem_codes import documented

HOST = b"Host: localhost\r\n"
CLOSE = HOST + b"Connection: close\r\n"
INCOMING = b"/api/v1/buckets/incoming/photos"
POST = b"POST " + INCOMING + b" HTTP/1.1\r\n"
CHUNKED = POST + CLOSE + b"Transfer-Encoding: chunked\r\n\r\n"
Answer = tuple[int, dict]


@pytest.fixture(scope="module")
def target(binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server.start(binary, tmp_path_factory.mktemp("hostile") / "data")
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def unharmed(target: Server) -> Iterator[None]:
    before = everything_outside(target)
    assert healthy(target)
    descriptors = open_descriptors(target)
    yield
    assert healthy(target)
    until(lambda: open_descriptors(target) <= descriptors)
    until(lambda: list((target.data / "incoming").iterdir()) == [])
    assert everything_outside(target) == before


def open_descriptors(server: Server) -> int:
    return len(os.listdir(f"/proc/{server.process.pid}/fd"))


def everything_outside(server: Server) -> set[Path]:
    """Whatever lies beside the data folder, and in the folders that a path with `..` would reach first."""
    folders = [server.data.parent, server.data.parent.parent, Path(f"/proc/{server.process.pid}/cwd").resolve()]
    return {path for folder in folders for path in folder.iterdir()}


def until(condition: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.01)


def connect(server: Server, patience: float = 10) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=patience)


def read(connection: socket.socket) -> bytes:
    """All that comes until the server closes."""
    answer = b""
    try:
        while piece := connection.recv(65_536):
            answer += piece
    except ConnectionError:
        pass
    return answer


def ask(server: Server, request: bytes) -> bytes:
    with connect(server) as connection:
        try:
            connection.sendall(request)
        except ConnectionError:
            pass  # It was refused before its end; the answer may be there all the same.
        return read(connection)


def parsed(answer: bytes) -> Answer:
    head, _, body = answer.partition(b"\r\n\r\n")
    is_json = b"json" in head
    return (int(head.split(b" ")[1]) if head else 0), (json.loads(body) if is_json else {})


def refused(server: Server, request: bytes) -> str:
    """The code of the problem that answers, with the status that the documentation gives it."""
    status, problem = parsed(ask(server, request))
    assert problem["status"] == status == documented()[problem["code"]]
    assert len(problem["detail"]) > 20 and problem["instance"]
    return problem["code"]


def healthy(server: Server) -> bool:
    return parsed(ask(server, b"GET /healthz HTTP/1.1\r\n" + CLOSE + b"\r\n"))[0] == 200


@pytest.mark.parametrize(("code", "framing"), [
    ("bad_framing", b"Content-Length: 5\r\nContent-Length: 5"),
    ("bad_framing", b"Content-Length: 5\r\nContent-Length: 50"),
    ("bad_framing", b"Content-Length: 18446744073709551615"),
    ("bad_framing", b"Content-Length: 5\r\nTransfer-Encoding: chunked"),
    ("bad_framing", b"Transfer-Encoding: chunked\r\nContent-Length: 5"),
    ("bad_framing", b"Transfer-Encoding: xchunked"),
    ("bad_framing", b"Transfer-Encoding: chunked, identity"),
    ("bad_framing", b"Transfer-Encoding: chunked "),
    ("bad_framing", b"Content-Length : 5"),
    ("bad_header", b"Transfer-Encoding: \x0bchunked"),
    ("bad_header", b"X: y\rTransfer-Encoding: chunked\r\nContent-Length: 5"),
    ("bad_head", b"X: y\nTransfer-Encoding: chunked"),
    ("bad_head", b"X: y\0\r\nContent-Length: 5"),
    ("bad_head", b"Transfer-Encoding:\r\n chunked"),
    ("body_too_large", b"Content-Length: 9223372036854775807"),
    ("unknown_expectation", b"Expect: 100-continue, tea\r\nContent-Length: 5"),
])
def test_no_second_request_is_smuggled_in(target: Server, code: str, framing: bytes) -> None:
    smuggled = b"0\r\n\r\nGET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"
    request = POST + HOST + framing + b"\r\n\r\n" + smuggled
    assert refused(target, request) == code
    assert ask(target, request).count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize("framing", [
    b"Content-Length: -5", b"Content-Length: 0x5", b"Content-Length: 5, 5", b"Content-Length: ",
    b"Content-Length: 99999999999999999999999",
])
def test_what_the_library_refuses_ends_the_connection(target: Server, framing: bytes) -> None:
    answer = ask(target, POST + HOST + framing + b"\r\n\r\nabcdeGET /healthz HTTP/1.1\r\n" + HOST + b"\r\n")
    assert parsed(answer)[0] in (400, 413)
    assert b'"status":"ok"' not in answer


@pytest.mark.parametrize("chunks", [
    b"FFFFFFFFFFFFFFFFFF\r\nabc", b"-3\r\nabc", b"0x3\r\nabc", b" 3\r\nabc", b"\r\nabc", b"3\r\nabcd\r\n", b"3;a\nb\r\nabc\r\n",
    b"3\rabc\r\n", b"3;" + b"a" * 200_000 + b"\r\nabc\r\n", b"3\r\nabc\r\n0\r\n" + b"X: y\r\n" * 20_000,
])
def test_broken_chunks_are_refused(target: Server, chunks: bytes) -> None:
    assert parsed(ask(target, CHUNKED + chunks + b"\r\n0\r\n\r\n"))[0] >= 400


def test_chunks_beyond_all_numbers_are_given_up_with_their_sender(target: Server) -> None:
    for size in (b"FFFFFFFFFFFFFFFF", b"7FFFFFFFFFFFFFFF"):
        with connect(target) as connection:
            connection.sendall(CHUNKED + size + b"\r\n" + png(8, 8))


@pytest.mark.parametrize(("code", "head"), [
    ("bad_target", b"GET /%zz HTTP/1.1\r\n" + CLOSE), ("bad_target", b"GET /%00 HTTP/1.1\r\n" + CLOSE),
    ("bad_target", b"GET /../etc/passwd HTTP/1.1\r\n" + CLOSE),
    ("bad_target", b"GET /%2e%2e/etc/passwd HTTP/1.1\r\n" + CLOSE),
    ("bad_target", b"GET /./healthz HTTP/1.1\r\n" + CLOSE), ("bad_target", b"GET /\x01 HTTP/1.1\r\n" + CLOSE),
    ("bad_target", b"GET /\xff HTTP/1.1\r\n" + CLOSE), ("bad_target", b"GET localhost:80 HTTP/1.1\r\n" + CLOSE),
    ("bad_target", b"OPTIONS * HTTP/1.1\r\n" + CLOSE), ("bad_head", b"GET /healthz\0x HTTP/1.1\r\n" + CLOSE),
    ("bad_head", b"GET /healthz HTTP/1.1\r\nHost: localhost\0.evil\r\nConnection: close\r\n"),
    ("bad_header", b"GET /healthz HTTP/1.1\r\nX: \x7f\r\n" + CLOSE),
    ("bad_host", b"GET http://evil.example/healthz HTTP/1.1\r\n" + CLOSE), ("bad_host", b"GET / HTTP/1.1\r\n" + HOST + CLOSE),
    ("foreign_host", b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n"),
    ("foreign_host", b"GET /healthz HTTP/1.0\r\n"), ("unknown_method", b"BREW / HTTP/1.1\r\n" + CLOSE),
    ("unknown_method", b"TRACE / HTTP/1.1\r\n" + CLOSE), ("unknown_method", b"CONNECT evil.example:443 HTTP/1.1\r\n" + CLOSE),
    ("unknown_version", b"GET / HTTP/1.2\r\n" + CLOSE), ("method_not_allowed", b"DELETE /healthz HTTP/1.1\r\n" + CLOSE),
    ("unknown_path", b"GET //etc/passwd HTTP/1.1\r\n" + CLOSE),
    ("headers_too_large", b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n" + CLOSE),
    ("headers_too_large", b"GET / HTTP/1.1\r\n" + CLOSE + b"X: " + b"y" * 20_000 + b"\r\n"),
    ("headers_too_large", b"GET / HTTP/1.1\r\n" + CLOSE + (b"X: " + b"y" * 60 + b"\r\n") * 300),
])
def test_odd_heads_are_refused(target: Server, code: str, head: bytes) -> None:
    assert refused(target, head + b"\r\n") == code


@pytest.mark.parametrize("head", [
    b"GET /" + b"a" * 2_000_000 + b" HTTP/1.1\r\n", b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 300_000, b"A" * 2_000_000,
    b"GET / HTTP/1.1\r\nX: " + b"y" * 2_000_000, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET /healthz\r\n",
    bytes(range(256)) * 20,
])
def test_floods_and_noise_are_cut_off(target: Server, head: bytes) -> None:
    answer = ask(target, head + b"\r\n")
    assert answer == b"" or parsed(answer)[0] in (400, 414, 431, 505)


def test_pipelined_requests_are_answered_in_order(target: Server) -> None:
    paths = [f"/{number}" for number in range(200)]
    request = b"".join(b"GET %s HTTP/1.1\r\n%s\r\n" % (path.encode(), HOST) for path in paths)
    answer = ask(target, request + b"GET /healthz HTTP/1.1\r\n" + CLOSE + b"\r\n")
    assert answer.count(b"HTTP/1.1 404 ") == 200 and answer.endswith(b'{"status":"ok"}')


def test_older_and_proxied_requests_are_answered(target: Server) -> None:
    assert parsed(ask(target, b"GET /healthz HTTP/1.0\r\n" + HOST + b"\r\n"))[0] == 200
    assert parsed(ask(target, b"GET http://localhost/healthz HTTP/1.1\r\n" + CLOSE + b"\r\n"))[0] == 200


def test_senders_that_leave_early_leave_nothing(target: Server) -> None:
    picture = png(200, 200)
    chunk = b"%x\r\n%s\r\n" % (len(picture), picture)
    form = b"--x\r\nContent-Disposition: form-data; name=f; filename=early.png\r\n\r\n" + picture
    starts = [
        POST + HOST + b"Content-Length: 1000000\r\n\r\n" + picture, CHUNKED + chunk, POST + HOST + b"Content-Length: 9\r\n\r\n",
        POST + HOST + b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n\r\n" + form,
    ]
    for number in range(80):
        connection = connect(target)
        connection.sendall(starts[number % 4])
        if number % 3 == 0:
            connection.shutdown(socket.SHUT_WR)
            assert b" 201 " not in read(connection)
        elif number % 3 == 1:  # A reset instead of a farewell.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    assert "early.png" not in [photo["key"] for photo in target.request("/api/v1/photos?limit=200")["photos"]]


def test_silent_connections_starve_nobody(target: Server) -> None:
    most = min(1_500, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 200)
    silent = [connect(target) for _ in range(most)]
    for number in range(50):
        silent[number].close()
        assert healthy(target)
    halves = [connect(target) for _ in range(20)]
    for connection in halves:
        connection.sendall(POST + HOST)
    assert healthy(target)
    for connection in silent + halves:
        connection.close()


def disposition(parameter: bytes) -> bytes:
    return b"--x\r\nContent-Disposition: form-data; name=f; " + parameter + b"\r\n\r\n"


def form(server: Server, body: bytes, content_type: bytes = b"multipart/form-data; boundary=x") -> Answer:
    head = POST + CLOSE + b"Content-Type: %s\r\nContent-Length: %d\r\n\r\n" % (content_type, len(body))
    status, document = parsed(ask(server, head + body))
    if "code" in document:
        assert status == documented()[document["code"]]
    return status, document


@pytest.mark.parametrize("content_type", [
    b"multipart/form-data", b"multipart/form-data; boundary=", b"multipart/form-data; boundary=" + b"x" * 71,
    b'multipart/form-data; boundary="x', b"multipart/form-data; boundary=\xc3\xa9", b'multipart/form-data; boundary="x "',
])
def test_odd_boundaries_are_refused(target: Server, content_type: bytes) -> None:
    assert form(target, disposition(b"filename=a.png") + png(8, 8) + b"\r\n--x--", content_type)[0] == 400


@pytest.mark.parametrize(("code", "body"), [
    ("truncated", b""), ("truncated", b"--x\r\n"), ("truncated", disposition(b"filename=a") + b"no picture"),
    ("no_boundary", b"p" * 10_000 + b"\r\n--x--"), ("no_boundary", b"--y\r\n" * 2_000),
    ("bad_boundary_line", b"--xx\r\n\r\n\r\n--x--"), ("bad_boundary_line", b"--x" + b" " * 5_000 + b"\r\n"),
    ("bad_part_headers", b"--x\r\nContent-Disposition: form-data;\r\n filename=a\r\n\r\n\r\n--x--"),
    ("bad_part_headers", b"--x\r\nno colon\r\n\r\n\r\n--x--"), ("bad_part_headers", disposition(b'filename="a\0b"') + b"\r\n--x--"),
    ("bad_part_headers", disposition(b'filename="\xff"') + b"\r\n--x--"),
    ("part_headers_too_large", disposition(b"filename=" + b"a" * 20_000) + b"\r\n--x--"),
    ("no_files", b"--x--"), ("no_files", b"--x\r\n\r\nbare\r\n" * 5_000 + b"--x--"),
    ("no_files", disposition(b"filename=\"\"") + b"\r\n--x--"), ("no_files", b"--x--" + b"epilogue" * 500_000),
])
def test_odd_forms_are_refused(target: Server, code: str, body: bytes) -> None:
    assert form(target, body)[1]["code"] == code


def test_a_boundary_within_a_picture_is_content(target: Server) -> None:
    picture = png(8, 8, 50) + b"\r\n-x\r\n--\r\n --x\n--x--"
    status, document = form(target, b"preamble\r\n" + disposition(b"filename=b.png") + picture + b"\r\n--x--")
    assert status == 201
    assert original(target, document["photos"][0]["id"]) == picture


def test_forms_within_forms_are_no_pictures(target: Server) -> None:
    inner = b"--y\r\nContent-Disposition: file; filename=inner.png\r\n\r\n" + png(8, 8) + b"\r\n--y--"
    part = disposition(b"filename=outer\r\nContent-Type: multipart/mixed; boundary=y") + inner
    status, document = form(target, part + b"\r\n--x--")
    assert status == 422 and [photo["file"] for photo in document["photos"]] == ["outer"]


def test_thousands_of_parts_and_one_that_is_good(target: Server) -> None:
    picture = png(8, 8, 51)
    bad = b"".join(disposition(b"filename=%d" % number) + b"no\r\n" for number in range(2_000))
    status, document = form(target, bad + disposition(b"filename=same") + picture + b"\r\n" + disposition(b"filename=same")
                            + picture + b"\r\n--x--")
    assert status == 201 and len(document["photos"]) == 2_002
    first, second = document["photos"][-2:]
    assert first["id"] == second["id"]


#: Names as they may be sent, and the key under which each is found, `None` where it is refused.
FILE_NAMES = [
    (b'"../../x"', "x"), (b'"C:\\x"', "x"), (b'"/etc/passwd"', "passwd"), (b'"%2e%2e%2f"', "%2e%2e%2f"), (b'".."', ".."),
    (b'"a/..\\../b"', "b"), (b"\"\xe2\x80\xaegnp.exe\"", "\u202egnp.exe"), (b'"' + b"n" * 1_024 + b'"', "n" * 1_024),
    (b'"' + b"n" * 5_000 + b'"', None), (b'"a%0Ab"', None), (b'"CON"', "CON"), (b'"-rf"', "-rf"), (b'"$(id).png"', "$(id).png"),
]


@pytest.mark.parametrize(("sent", "key"), FILE_NAMES)
def test_file_names_are_keys_and_never_paths(target: Server, sent: bytes, key: str | None) -> None:
    picture = png(8, 8, 100 + FILE_NAMES.index((sent, key)))
    status, document = form(target, disposition(b"filename=" + sent) + picture + b"\r\n--x--")
    photo = document["photos"][0]
    if key is None:
        assert (status, photo["status"], photo["error"]["code"]) == (422, "failed", "bad_parameter")
    else:
        assert (status, photo["key"]) == (201, key)
        assert original(target, photo["id"]) == picture


KEYS = [
    "../../x", "/etc/passwd", "C:\\x", "..\\..\\x", "%2e%2e%2f", "%00", "..", ".", "/", "//", "\u202egnp.exe", "a b", "a+b&c=d#e?f",
    "é\u0301", "\ufeff", "-rf", "$(touch x)", "`id`", "'; DROP TABLE photos; --", "\u2028", "💥" * 256, "k" * 1_024,
    "\0", "a\0b", "a\nb", "\x7f", "\t", "", "k" * 1_025, "k" * 5_000,
]


@pytest.mark.parametrize("number", range(len(KEYS)))
def test_keys_come_back_as_given_or_are_refused(target: Server, number: int) -> None:
    key, picture = KEYS[number], png(8, 8, 150 + number)
    query = urllib.parse.urlencode({"key": key}).encode()
    length = b"Content-Length: %d\r\n\r\n" % len(picture)
    status, document = parsed(ask(target, b"POST " + INCOMING + b"?" + query + b" HTTP/1.1\r\n" + CLOSE + length + picture))
    is_fine = 0 < len(key.encode()) <= 1_024 and all(letter >= " " and letter != "\x7f" for letter in key)
    if is_fine:
        assert status == 201 and document["key"] == key
        assert target.request(f"/api/v1/photos/{document['id']}")["key"] == key
        assert original(target, document["id"]) == picture
    else:
        assert document["code"] == ("bad_target" if "\0" in key else "bad_parameter")
        assert status == 400


def original(server: Server, photo: str) -> bytes:
    answer = ask(server, b"GET /api/v1/photos/%s/original HTTP/1.1\r\n%s\r\n" % (photo.encode(), CLOSE))
    return answer.partition(b"\r\n\r\n")[2]


def test_every_file_in_the_folder_is_named_by_an_id(target: Server) -> None:
    photos = {photo["id"] for photo in target.request("/api/v1/photos?limit=200")["photos"]}
    names = {path.name for path in (target.data / "originals").rglob("*") if path.is_file()}
    assert names == photos


def test_noise_does_no_harm(target: Server) -> None:
    """Requests with random changes: whatever the answer is, it is no 5xx but those of HTTP itself."""
    dice = random.Random(7)
    body = disposition(b"filename=noise.png") + png(8, 8, 99) + b"\r\n--x--"
    request = POST + CLOSE + b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    for _ in range(400):
        changed = bytearray(request)
        for _ in range(dice.randint(1, 4)):
            place = dice.randrange(len(changed))
            match dice.randrange(4):
                case 0: changed[place] = dice.randrange(256)
                case 1: del changed[place : place + dice.randint(1, 20)]
                case 2: changed[place:place] = bytes(dice.randrange(256) for _ in range(dice.randint(1, 20)))
                case 3: changed[place:place] = changed[place : place + dice.randint(1, 60)]
        with connect(target) as connection:
            connection.sendall(changed)
            connection.shutdown(socket.SHUT_WR)
            status = parsed(read(connection))[0]
        assert status < 500 or status in (501, 505), bytes(changed)


@pytest.mark.long
def test_the_slow_are_told_from_the_idle(target: Server) -> None:
    """With the limits of every day: half a minute of drip is too much, a bad mobile link is not."""
    picture = png(8, 8, 98) + bytes(700_000)
    answers: dict[str, bytes] = {}

    def send(name: str, start: bytes, pieces: Iterator[bytes], pause: float) -> None:
        with connect(target, patience=60) as connection:
            connection.sendall(start)
            try:
                for piece in pieces:
                    time.sleep(pause)
                    connection.sendall(piece)
            except ConnectionError:
                pass
            answers[name] = read(connection)

    size = b"Content-Length: %d\r\n\r\n" % len(picture)
    drip = (picture[place : place + 1] for place in range(200))
    link = (picture[place : place + 10_000] for place in range(0, len(picture), 10_000))
    headers = (b"X: y\r\n" for _ in range(200))
    threads = [
        threading.Thread(target=send, args=("drip", POST + CLOSE + size, drip, 1)),
        threading.Thread(target=send, args=("link", POST + CLOSE + size, link, 0.5)),
        threading.Thread(target=send, args=("headers", POST + CLOSE, headers, 1)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert parsed(answers["drip"])[1]["code"] == "body_too_slow"
    assert parsed(answers["headers"])[1]["code"] == "headers_too_slow"
    assert parsed(answers["link"])[0] == 201
