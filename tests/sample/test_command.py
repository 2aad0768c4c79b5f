"""``python -m crawler.sample``."""

import re
import signal
import subprocess
import sys

from tests.sample.client import get


def test_it_prints_its_addresses_serves_and_ends_on_ctrl_c() -> None:
    command = [sys.executable, "-m", "crawler.sample", "--edition", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(2)]
        urls = [re.findall(r"http://\S+", line)[0] for line in lines]
        assert [get(url).status for url in urls] == [200, 200]
        assert "ngày 24 tháng 10 năm 2025" in get(urls[0]).text
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0


def test_a_taken_port_is_one_clear_line() -> None:
    command = [sys.executable, "-m", "crawler.sample"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = re.findall(r":(\d+)/", process.stdout.readline())[0]
        others = [
            subprocess.run([*command, option, port], capture_output=True, text=True, check=False)
            for option in ("--port", "--second-port")
        ]
        process.send_signal(signal.SIGINT)
    assert [o.returncode for o in others] == [1, 1]
    assert all(o.stderr.count("\n") == 1 and "cannot listen" in o.stderr for o in others)
