"""Putting photos in, as clients do it, and what is refused."""

import http.client
import json
import socket
import urllib.error
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

import pytest

from ..conftest import Server
from .pictures import png

INCOMING = "/api/v1/buckets/incoming/photos"


def problem(server: Server, path: str, **options: object) -> tuple[int, dict]:
    with pytest.raises(urllib.error.HTTPError) as refused:
        server.request(path, **options)
    return refused.value.code, json.load(refused.value)


def test_a_body_comes_back_as_it_was_sent(server: Server, photos: dict[str, Path]) -> None:
    photo = server.upload(photos["rocket"], "räket/../1.jpg")
    assert photo["status"] == "analysed"
    assert (photo["width"], photo["height"], photo["format"]) == (640, 427, "jpeg")
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", f"/api/v1/photos/{photo['id']}/original")
    original = connection.getresponse()
    assert original.headers["Content-Type"] == "image/jpeg"
    assert original.read() == photos["rocket"].read_bytes()
    connection.request("GET", f"/api/v1/photos/{photo['id']}/thumbnail?size=256")
    thumbnail = connection.getresponse().read()
    assert thumbnail[:4] == b"RIFF" and thumbnail[8:12] == b"WEBP"
    assert server.request(f"/api/v1/photos/{photo['id']}")["key"] == "räket/../1.jpg"


def test_a_form_of_many_files(server: Server, photos: dict[str, Path]) -> None:
    files = [("cat.png", photos["chelsea"].read_bytes()), ("notes.txt", b"not a picture"), ("small.png", png(8, 8))]
    body = b"".join(
        b"--xx\r\nContent-Disposition: form-data; name=file; filename=\"%s\"\r\n\r\n%s\r\n" % (name.encode(), data)
        for name, data in files
    ) + b"--xx--\r\n"
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("POST", INCOMING + "?wait=30", body, {"Content-Type": "multipart/form-data; boundary=xx"})
    answer = connection.getresponse()
    documents = json.load(answer)["photos"]
    assert answer.status == 201
    assert [document["status"] for document in documents] == ["analysed", "failed", "analysed"]
    assert documents[1]["error"]["code"] == "not_an_image"


def test_a_chunked_body_is_taken(server: Server) -> None:
    def chunks() -> Iterator[bytes]:
        data = png(300, 300)
        for start in range(0, len(data), 1000):
            yield data[start : start + 1000]

    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("POST", INCOMING + "?wait=30", chunks(), encode_chunked=True)
    assert json.load(connection.getresponse())["width"] == 300


def test_what_is_refused_says_why(server: Server) -> None:
    assert problem(server, INCOMING, method="POST", body=b"%PDF-1.7")[1]["code"] == "unsupported_format"
    assert problem(server, INCOMING, method="POST", body=b"")[1]["code"] == "empty_body"
    assert problem(server, "/api/v1/buckets/nowhere/photos", method="POST", body=png(8, 8))[0] == 404
    status, detail = problem(server, INCOMING, method="POST", body=png(8, 8) + b"\0" * 50_000_000)
    assert (status, detail["code"]) == (413, "file_too_large")
    assert server.request("/api/v1/photos")["photos"] == []
    assert [path for path in server.data.rglob("*") if path.is_file() and "originals" in path.parts] == []


def test_a_damaged_picture_fails_with_a_reason(server: Server) -> None:
    photo = server.upload(png(300, 300)[:-400], "cut.png")
    assert photo["status"] == "failed"
    assert photo["error"]["code"] == "damaged"
    assert "Send it again" in photo["error"]["message"]


def test_too_many_pixels_are_refused_by_the_header(server: Server) -> None:
    bomb = bytearray(png(8, 8))
    bomb[16:24] = (50_000).to_bytes(4, "big") * 2
    bomb[29:33] = zlib.crc32(bomb[12:29]).to_bytes(4, "big")
    assert server.upload(bytes(bomb), "bomb.png")["error"]["code"] == "too_many_pixels"


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}])
def test_foreign_pages_get_nothing(server: Server, headers: dict[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("POST", INCOMING, png(8, 8), headers)
    assert connection.getresponse().status in (403, 421)
    assert server.request("/api/v1/photos")["photos"] == []


def test_clients_that_ask_before_they_send(server: Server) -> None:
    """Many, because only now and then the body is wanted in the very moment in which the server begins to wait for it."""

    def upload(client: int) -> list[int]:
        statuses = []
        with socket.create_connection(("127.0.0.1", server.port)) as connection, connection.makefile("rb") as answers:
            for number in range(200):
                body = b"\xff\xd8\xff\xe0" + f"{client}-{number}".encode()
                connection.sendall(
                    f"POST /api/v1/buckets/incoming/photos?key={client}-{number} HTTP/1.1\r\n"
                    f"Host: 127.0.0.1:{server.port}\r\nExpect: 100-continue\r\n"
                    f"Content-Length: {len(body)}\r\n\r\n".encode())
                assert status(answers) == (100, b"")
                connection.sendall(body)
                statuses.append(status(answers)[0])
        return statuses

    def status(answers: BinaryIO) -> tuple[int, bytes]:
        line, length = answers.readline(), 0
        while (header := answers.readline().lower()) not in (b"\r\n", b""):
            if header.startswith(b"content-length:"):
                length = int(header.split(b":")[1])
        return int(line.split()[1]), answers.read(length)

    with ThreadPoolExecutor(8) as clients:
        for statuses in clients.map(upload, range(8)):
            assert set(statuses) == {201}
