"""A folder of pictures that Pillow wrote, and what Pillow makes of them.

    python3 -m venv v && v/bin/pip install numpy pillow && v/bin/python Tests/Fixtures/pictures_reference.py

Pillow 13.0.0 with libjpeg-turbo 3.2.0. `pictures.json` has for each picture its samples [channels, 6, 9], in colour and in grey:
`convert`, then `resize(BILINEAR)` to the width and from there to the height.
"""

import json
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image

here = pathlib.Path(__file__).parent / "pictures"
rng = np.random.default_rng(7)


def picture(height, width):
    y, x = np.mgrid[0:height, 0:width]
    smooth = np.stack([x * 255 / width, y * 255 / height, (x + y) * 255 / (width + height)], -1)
    return Image.fromarray((smooth + rng.normal(0, 25, (height, width, 3))).clip(0, 255).astype(np.uint8))


files = {
    "rose/a.png": (picture(20, 13), {}),
    "rose/b.jpg": (picture(31, 40), {"quality": 85}),
    "rose/c.JPEG": (picture(9, 64), {"progressive": True, "subsampling": 0}),
    "tulip/grey.png": (picture(5, 7).convert("L"), {}),
    "tulip/grey.jpg": (picture(17, 6).convert("L"), {}),
    "tulip/palette.png": (picture(12, 12).quantize(16), {}),
    "Tulip, wild/alpha.png": (picture(6, 9).convert("RGBA"), {}),
    "Tulip, wild/bits.png": (picture(24, 18).convert("1"), {}),
}
reference = {}
for name, (image, options) in files.items():
    path = here / name
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, **options)
    for mode, key in [("RGB", "colour"), ("L", "grey")]:
        seen = Image.open(path).convert(mode)
        sample = seen.resize((9, seen.height), Image.BILINEAR).resize((9, 6), Image.BILINEAR)
        planes = np.asarray(sample)[None] if mode == "L" else np.asarray(sample).transpose(2, 0, 1)
        reference.setdefault(key, {})[name] = planes.ravel().tolist()
(here / "rose" / "notes.txt").write_text("Not a picture.\n")
(here.parent / "pictures.json").write_text(json.dumps(reference) + "\n")

odd = here.parent / "odd_pictures"
odd.mkdir(exist_ok=True)
picture(8, 8).convert("CMYK").save(odd / "cmyk.jpg")
# Two hundred bytes or so that would be 2.5 thousand million pixels.


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


header = struct.pack(">IIBBBBB", 50000, 50000, 8, 2, 0, 0, 0)
(odd / "enormous.png").write_bytes(
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b""))
