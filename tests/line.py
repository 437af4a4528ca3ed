"""The harness's end of a guest's serial line: pexpect's expect() on it, and a thread that reads it.

The line is read all the time, whether a test waits for something or not. QEMU's PL011 waits until
each byte is taken, and the whole machine waits with it, QEMU's control channel too; a socket holds
fewer than three hundred of its bytes. A test that pauses would pause the guest, and a guest that
speaks before QEMU has answered the first command would leave both waiting.
"""
import contextlib
import socket
import struct
import threading

import pexpect
from pexpect.spawnbase import SpawnBase

SEND_TIMEOUT = struct.pack("ll", 120, 0)        # a struct timeval


class Line(SpawnBase):
    """sock: a connected socket. log: a bytearray to which all that arrives is added."""

    def __init__(self, sock, log, timeout):
        super().__init__(timeout=timeout, maxread=65536)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, SEND_TIMEOUT)
        self.delayafterread = None
        self.sock, self.log = sock, log
        self.arrived = bytearray()      # and not yet taken by expect()
        self.ended = False
        self.news = threading.Condition()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        with contextlib.suppress(OSError):
            while piece := self.sock.recv(65536):
                with self.news:
                    self.arrived += piece
                    self.log += piece
                    self.news.notify()
        with self.news:
            self.ended = True
            self.news.notify()

    def read_nonblocking(self, size=1, timeout=None):
        """For expect(): what has arrived, once there is something."""
        with self.news:
            if not self.news.wait_for(lambda: self.arrived or self.ended, timeout):
                raise pexpect.TIMEOUT("nothing arrived")
            if not self.arrived:
                self.flag_eof = True
                raise pexpect.EOF("the line has ended")
            piece = bytes(self.arrived[:size])
            del self.arrived[:size]
        return piece

    def send(self, data):
        self.sock.sendall(data)

    def close(self):
        """Takes what is still on its way, if QEMU has ended, and no more."""
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.reader.join()
        self.sock.close()
