"""Requests that are none: valid ones with damage, and bytes that never were one."""

GOOD = [
    b"GET /v1/health HTTP/1.1\r\nHost: nnd\r\n\r\n",
    b"GET /v1/jobs/%s/metrics?since=3&points=10 HTTP/1.1\r\nHost: nnd\r\nAccept: */*\r\n\r\n",
    b"GET /v1/jobs/%s HTTP/1.1\r\nHost: nnd\r\nConnection: keep-alive\r\n\r\n",
    b"POST /v1/jobs HTTP/1.1\r\nHost: nnd\r\nContent-Type: application/json\r\nContent-Length: 33\r\n\r\n"
    b'{"spec": "name: a", "set": ["b"]}',
    b"POST /v1/jobs HTTP/1.1\r\nHost: nnd\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n"
    b'{"spec": "a: 1"}\r\n0\r\n\r\n',
    b"POST /v1/jobs/%s/scale HTTP/1.1\r\nHost: nnd\r\nContent-Length: 14\r\n\r\n{\"workers\": 0}",
    b"HEAD /metrics HTTP/1.1\r\nHost: nnd\r\nX-Long: " + b"x" * 2000 + b"\r\n\r\n",
    b"DELETE /v1/jobs/nobody HTTP/1.1\r\nHost: nnd\r\n\r\n" * 3,
]
PIECES = [
    b"\0", b"\r", b"\n", b"\r\n\r\n", b":", b" ", b"%", b"%00", b"%ff", b"/../", b"//", b"?", b"#", b"HTTP/1.1", b"HTTP/2.0",
    b"Content-Length: 18446744073709551616\r\n", b"Content-Length: -1\r\n", b"Content-Length: 5\r\nContent-Length: 6\r\n",
    b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: gzip, chunked\r\n", b"Expect: 100-continue\r\n",
    b"Upgrade: h2c\r\nConnection: Upgrade\r\n", b"Host: a\r\nHost: b\r\n", b"FFFFFFFFFFFFFFFFFFFF\r\n", b"\xff\xfe\xfd",
    "\u202e\U0001f600".encode(), b"A" * 20000, b"[" * 5000, b'"\\ud800"', b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
]


def malformed(random, job):
    """One of them."""
    if random.random() < 0.1:
        return random.randbytes(random.randint(1, 400))
    text = bytearray(random.choice(GOOD).replace(b"%s", job))
    for _ in range(random.randint(1, 4)):
        place = random.randint(0, len(text))
        kind = random.random()
        if kind < 0.3 and text:
            text[min(place, len(text) - 1)] ^= 1 << random.randint(0, 7)
        elif kind < 0.55:
            text[place:place] = random.choice(PIECES)
        elif kind < 0.75:
            del text[place:place + random.randint(1, 20)]
        elif kind < 0.9:
            end = random.randint(place, len(text))
            text[place:place] = text[place:end]
        else:
            # Cut off in the middle.
            del text[place:]
    # Nobody's job may be ended, and not the daemon either.
    for harmful in (b"/shutdown", b"/stop", b"/pause", b"DELETE /v1/jobs/" + job):
        text = text.replace(harmful, b"/other")
    return bytes(text) or b"\r\n"
