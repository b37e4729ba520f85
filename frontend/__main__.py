"""`make vendor`: writes `static/vendor/` out of the installed npm packages."""

from frontend.icons import SPRITE, sprite, write

if __name__ == "__main__":
    write()
    print(f"{SPRITE}: {len(sprite())} bytes")
