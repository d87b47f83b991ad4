"""What the kernel says of a process."""

import os
import re

TICKS = os.sysconf("SC_CLK_TCK")


def memory(pid):
    """Kilobytes that are resident: all of them, and those that are no pages of files."""
    with open(f"/proc/{pid}/status") as status:
        figures = dict(re.findall(r"(\w+):\s+(\d+) kB", status.read()))
    return int(figures["VmRSS"]), int(figures["RssAnon"])


def switches(pid):
    """How often each thread has been put onto a core, by the thread's id and name."""
    counts = {}
    for thread in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{thread}/status") as status:
                text = status.read()
        except FileNotFoundError:
            continue
        name = re.search(r"Name:\t(.*)", text)[1]
        counts[thread, name] = sum(int(count) for count in re.findall(r"ctxt_switches:\t(\d+)", text))
    return counts


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
