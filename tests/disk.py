"""Disk images for the tests: copies, partitions, the command-line sector, fsck.minix.

A test never runs on the image that make built but on a copy in its own folder, so that
it may damage it, and so that fsck.minix can look at what the guest left behind.
"""
import os
import shutil
import struct
import subprocess

SECTOR = 512
PARTITION_TABLE = 446
FSCK = shutil.which("fsck.minix", path=os.environ.get("PATH", "") + ":/sbin:/usr/sbin")
MKFS = shutil.which("mkfs.minix", path=os.environ.get("PATH", "") + ":/sbin:/usr/sbin")


def copy_image(source, target):
    """Copy an image without writing out its holes."""
    subprocess.run(["cp", "--sparse=always", "--reflink=auto", source, target], check=True)
    os.chmod(target, 0o644)
    return target


def partition(image, number):
    """(offset, size) in bytes of a primary partition, counted from 1."""
    with open(image, "rb") as f:
        f.seek(PARTITION_TABLE + 16 * (number - 1))
        entry = f.read(16)
    start, sectors = struct.unpack_from("<II", entry, 8)
    if not sectors:
        raise ValueError(f"{image} has no partition {number}")
    return start * SECTOR, sectors * SECTOR


def extract(image, number, target):
    """Copy a partition out of an image into a file of its own."""
    offset, size = partition(image, number)
    subprocess.run(["dd", f"if={image}", f"of={target}", "bs=1M", "conv=sparse",
                    "iflag=skip_bytes,count_bytes", f"skip={offset}", f"count={size}",
                    "status=none"], check=True)
    os.truncate(target, size)
    return target


def fsck(path):
    """(ok, what fsck.minix said) about a file that holds one MINIX file system."""
    done = subprocess.run([FSCK, "-f", path], stdin=subprocess.DEVNULL, timeout=120,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace")
    return done.returncode == 0, done.stdout


def fsck_root(image):
    """fsck.minix of partition 1 of a disk image."""
    part = image + ".root"
    try:
        extract(image, 1, part)
        return fsck(part)
    finally:
        if os.path.exists(part):
            os.unlink(part)


def minix(path, kilobytes, version=1, name_length=30, inodes=None):
    """Make a file with an empty MINIX file system in it; inodes: if not as mkfs.minix thinks."""
    with open(path, "wb") as f:
        f.truncate(kilobytes * 1024)
    subprocess.run([MKFS, f"-{version}", "-n", str(name_length),
                    *(["-i", str(inodes)] if inodes else []), path], check=True,
                   stdout=subprocess.DEVNULL)
    return path


def patch(path, offset, data):
    """Overwrite some bytes of a file."""
    with open(path, "r+b") as f:
        f.seek(offset)
        f.write(data)


def peek(path, offset, length):
    """Some bytes of a file."""
    with open(path, "rb") as f:
        f.seek(offset)
        return f.read(length)
