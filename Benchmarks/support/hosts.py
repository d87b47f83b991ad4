"""Several hosts on one machine: network namespaces with addresses of their own, on a bridge whose links are as slow as told."""

import contextlib
import os
import pathlib
import subprocess
import sys
import tempfile

NETWORK = "10.77.0"
# Half a millisecond at a gigabit: what a link may send at once.
BURST = "64kb"


def run(*command, check=True):
    return subprocess.run(command, check=check, capture_output=True, text=True)


class Hosts:
    """`count` namespaces; needs root. Use it as a context manager, which removes them in the end."""

    def __init__(self, count):
        self.prefix = f"nnd{os.getpid()}"
        self.bridge = f"{self.prefix}br"
        self.names = [f"{self.prefix}-{number}" for number in range(count)]
        self.agent = None

    def __enter__(self):
        if os.geteuid() != 0:
            sys.exit("network namespaces are made as root")
        with contextlib.ExitStack() as undo:
            undo.callback(self.remove)
            # In the place of ssh, by which mpirun starts processes on other hosts.
            directory = undo.enter_context(tempfile.TemporaryDirectory())
            enter = pathlib.Path(__file__).resolve().parent / "enter-host"
            self.agent = pathlib.Path(directory) / "enter"
            self.agent.write_text(f'#!/bin/bash\nexec {enter} {self.prefix} "$@"\n')
            self.agent.chmod(0o755)
            run("ip", "link", "add", self.bridge, "type", "bridge")
            run("ip", "link", "set", self.bridge, "up")
            for number, name in enumerate(self.names):
                run("ip", "netns", "add", name)
                run("ip", "link", "add", self.outer(number), "type", "veth", "peer", "name", "eth0", "netns", name)
                run("ip", "link", "set", self.outer(number), "master", self.bridge, "up")
                inside = ["ip", "-n", name]
                run(*inside, "addr", "add", f"{self.address(number)}/24", "dev", "eth0")
                run(*inside, "link", "set", "lo", "up")
                run(*inside, "link", "set", "eth0", "up")
            self.undo = undo.pop_all()
        return self

    def __exit__(self, *_):
        self.undo.close()

    def remove(self):
        for name in self.names:
            run("ip", "netns", "del", name, check=False)
        run("ip", "link", "del", self.bridge, check=False)

    def outer(self, number):
        return f"{self.prefix}v{number}"

    def address(self, number):
        return f"{NETWORK}.{number + 1}"

    def limit(self, megabits, milliseconds):
        """Both directions of each link; None is as fast as the machine is.

        The delay needs the kernel's sch_netem; without it nothing is delayed. Returns whether it is.
        """
        is_delayed = bool(milliseconds)
        for number, name in enumerate(self.names):
            for place, device in ((["-n", name], "eth0"), ([], self.outer(number))):
                run("tc", *place, "qdisc", "del", "dev", device, "root", check=False)
                if megabits is None:
                    continue
                queue = ["rate", f"{megabits}mbit", "burst", BURST, "latency", "100ms"]
                run("tc", *place, "qdisc", "add", "dev", device, "root", "handle", "1:", "tbf", *queue)
                if milliseconds:
                    delay = run(
                        "tc", *place, "qdisc", "add", "dev", device, "parent", "1:", "netem", "delay",
                        f"{milliseconds / 2}ms", check=False)
                    is_delayed = is_delayed and delay.returncode == 0
        return is_delayed

    def cut(self, number, is_cut=True):
        """Takes a host's link down, or up again."""
        run("ip", "link", "set", self.outer(number), "down" if is_cut else "up")

    def sent(self):
        """Bytes that each host has sent so far, with all headers."""
        return [
            int(run("ip", "netns", "exec", name, "cat", "/sys/class/net/eth0/statistics/tx_bytes").stdout)
            for name in self.names]

    def inside(self, number):
        """What comes before a command that is to run on a host."""
        return [str(self.agent), self.address(number), "exec"]

    @property
    def environment(self):
        """For Open MPI: the hosts' network alone, and how to start processes there."""
        settings = {
            "plm_rsh_agent": self.agent, "btl": "self,tcp", "btl_tcp_if_include": f"{NETWORK}.0/24",
            "oob_tcp_if_include": f"{NETWORK}.0/24", "mpi_yield_when_idle": 1}
        return dict(os.environ, **{f"OMPI_MCA_{key}": str(value) for key, value in settings.items()})

    def mpirun(self, arguments):
        """The command that starts a process on each host."""
        addresses = ",".join(f"{self.address(number)}:1" for number in range(len(self.names)))
        return [
            *self.inside(0), "mpirun.openmpi", "--allow-run-as-root", "-np", str(len(self.names)), "--host", addresses,
            "--bind-to", "none", *arguments]
