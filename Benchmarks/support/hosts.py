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
        # What links the hosts instead of the bridge where the kernel cannot delay packets.
        self.switch = None
        self.directory = None
        self.can_delay = False

    def __enter__(self):
        if os.geteuid() != 0:
            sys.exit("network namespaces are made as root")
        with contextlib.ExitStack() as undo:
            undo.callback(self.remove)
            # In the place of ssh, by which mpirun starts processes on other hosts.
            self.directory = undo.enter_context(tempfile.TemporaryDirectory())
            enter = pathlib.Path(__file__).resolve().parent / "enter-host"
            self.agent = pathlib.Path(self.directory) / "enter"
            self.agent.write_text(f'#!/bin/bash\nexec {enter} {self.prefix} "$@"\n')
            self.agent.chmod(0o755)
            run("ip", "link", "add", self.bridge, "type", "bridge")
            run("ip", "link", "set", self.bridge, "up")
            for name in self.names:
                run("ip", "netns", "add", name)
                run("ip", "-n", name, "link", "set", "lo", "up")
            self.plug_in()
            # Of a device that has no queue of ours yet.
            queue = ["dev", self.outer(0), "root"]
            self.can_delay = run("tc", "qdisc", "add", *queue, "netem", "delay", "1ms", check=False).returncode == 0
            run("tc", "qdisc", "del", *queue, check=False)
            self.undo = undo.pop_all()
        return self

    def __exit__(self, *_):
        self.undo.close()

    def plug_in(self):
        """Links the hosts with the bridge."""
        for number, name in enumerate(self.names):
            run("ip", "link", "add", self.outer(number), "type", "veth", "peer", "name", "eth0", "netns", name)
            run("ip", "link", "set", self.outer(number), "master", self.bridge, "up")
        self.set_up()

    def set_up(self):
        """Gives the devices of the hosts their addresses."""
        for number, name in enumerate(self.names):
            run("ip", "-n", name, "addr", "add", f"{self.address(number)}/24", "dev", "eth0")
            run("ip", "-n", name, "link", "set", "eth0", "up")

    def start_switch(self, megabits, milliseconds):
        """Links the hosts with slow-links.c instead."""
        program = pathlib.Path(self.directory) / "slow-links"
        source = pathlib.Path(__file__).resolve().parent / "slow-links.c"
        run("clang", "-O2", "-o", program, source)
        for number in range(len(self.names)):
            run("ip", "link", "del", self.outer(number))
        self.switch = subprocess.Popen(
            [program, str(megabits), str(milliseconds), *self.names], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self.switch.stdout.readline() != b"ready\n":
            sys.exit("the hosts cannot be linked by slow-links")
        self.set_up()

    def stop_switch(self):
        """Ends slow-links, and its devices with it."""
        if self.switch:
            self.switch.stdin.close()
            self.switch.wait()
        self.switch = None

    def remove(self):
        self.stop_switch()
        for name in self.names:
            run("ip", "netns", "del", name, check=False)
        run("ip", "link", "del", self.bridge, check=False)

    def outer(self, number):
        return f"{self.prefix}v{number}"

    def address(self, number):
        return f"{NETWORK}.{number + 1}"

    def limit(self, megabits, milliseconds):
        """Both directions of each link; None is as fast as the machine is. The delay is that from one host to another.

        Where the kernel has no sch_netem, which delays packets, a switch of ours is in the place of its bridge.
        """
        if self.switch:
            self.stop_switch()
            self.plug_in()
        if megabits and milliseconds and not self.can_delay:
            self.start_switch(megabits, milliseconds)
            return
        for number, name in enumerate(self.names):
            for place, device in ((["-n", name], "eth0"), ([], self.outer(number))):
                run("tc", *place, "qdisc", "del", "dev", device, "root", check=False)
                if megabits is None:
                    continue
                queue = ["rate", f"{megabits}mbit", "burst", BURST, "latency", "100ms"]
                run("tc", *place, "qdisc", "add", "dev", device, "root", "handle", "1:", "tbf", *queue)
                if milliseconds:
                    run(
                        "tc", *place, "qdisc", "add", "dev", device, "parent", "1:", "netem", "delay",
                        f"{milliseconds / 2}ms")

    def cut(self, number, is_cut=True):
        """Takes a host's link with the bridge down, or up again."""
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
