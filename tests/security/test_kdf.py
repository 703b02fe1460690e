"""Argon2id and its calibration."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

import casefile
from casefile.domain.errors import UserError
from casefile.security import kdf
from casefile.security.kdf import CHEAP, KdfParameters, calibrate, derive


def test_a_known_answer() -> None:
    derived = derive("Käsekästchen 1987", KdfParameters(64, 1, 1, bytes(16)))
    assert derived.hex() == "2fad30faff0902f017a8d41f18541fa292e6c008320705596eadf9191caf8002"
    assert derive("Ka\u0308seka\u0308stchen 1987", KdfParameters(64, 1, 1, bytes(16))) == derived


@pytest.mark.parametrize(("memory", "passes", "lanes"), [(64, 1, 1), (128, 3, 4), (1024, 2, 16)])
def test_openssl_derives_the_same(memory: int, passes: int, lanes: int) -> None:
    salt = bytes(range(16))
    other = Argon2id(
        salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory
    ).derive(b"passphrase")
    assert derive("passphrase", KdfParameters(memory, passes, lanes, salt)) == other


@pytest.mark.parametrize(
    "refused",
    [
        KdfParameters(2 * 1024 * 1024 + 1, 1, 1, bytes(16)),
        KdfParameters(64, 65, 1, bytes(16)),
        KdfParameters(1024, 1, 17, bytes(16)),
        KdfParameters(15, 1, 2, bytes(16)),
        KdfParameters(64, 0, 1, bytes(16)),
        KdfParameters(64, 1, 0, bytes(16)),
        KdfParameters(64, 1, 1, bytes(15)),
    ],
)
def test_costs_out_of_bounds_never_reach_argon2(
    refused: KdfParameters, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reached(*_: object, **__: object) -> None:
        raise AssertionError("derived with refused costs")

    monkeypatch.setattr("argon2.low_level.hash_secret_raw", reached)
    with pytest.raises(UserError) as error:
        derive("passphrase", refused)
    assert error.value.code == "header.refused"


def test_memory_that_the_machine_does_not_have(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under a limit on the address space, as on a small machine."""
    import resource

    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + (256 << 20), hard))
    try:
        with pytest.raises(UserError) as error:
            derive("passphrase", KdfParameters(1024 * 1024, 1, 1, bytes(16)))
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    assert error.value.code == "kdf.memory"
    assert error.value.values == {"memory_mib": 1024}


def machine(seconds_for_64_mib_and_3_passes: float) -> object:
    """A machine whose time grows with memory and passes."""

    def measure(parameters: KdfParameters) -> float:
        work = parameters.memory_kib / (64 * 1024) * parameters.time_cost / 3
        return seconds_for_64_mib_and_3_passes * work

    return measure


@pytest.mark.parametrize(
    ("speed", "memory_mib", "passes"),
    [
        (2.0, 64, 3),  # too slow for the least cost: the least cost all the same
        (0.5, 64, 3),
        (0.2, 160, 3),
        (0.05, 640, 3),
        (0.03, 1024, 3),
        (0.005, 1024, 18),  # memory is at its ceiling: passes grow
        (0.0000001, 1024, 64),
    ],
)
def test_memory_grows_first_then_passes(
    speed: float, memory_mib: int, passes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kdf, "_memory_ceiling_kib", lambda: 1024 * 1024)
    found = calibrate(0.5, machine(speed))  # type: ignore[arg-type]
    assert found.memory_kib // 1024 == memory_mib
    assert found.time_cost == passes
    assert found.parallelism == 4
    found.refuse_out_of_bounds()


def test_a_small_machine_is_not_pushed_into_swap(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 262_144}  # 1 GiB
    monkeypatch.setattr("casefile.security.kdf.os.sysconf", pages.__getitem__)
    assert calibrate(0.5, machine(0.001)).memory_kib == 256 * 1024  # type: ignore[arg-type]
    pages["SC_PHYS_PAGES"] = 1000
    assert calibrate(0.5, machine(0.001)).memory_kib == 64 * 1024  # type: ignore[arg-type]


def test_where_the_system_does_not_tell_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> int:
        raise ValueError(name)

    monkeypatch.setattr("casefile.security.kdf.os.sysconf", unknown)
    assert calibrate(0.5, machine(0.001)).memory_kib == 1024 * 1024  # type: ignore[arg-type]


def test_this_machine_is_measured() -> None:
    found = calibrate(0.01)
    assert found.memory_kib >= 64 * 1024
    assert found.time_cost >= 3
    assert found.salt != calibrate(0.01).salt


def test_the_cheap_cost_is_used_in_tests_only() -> None:
    root = Path(casefile.__file__).parent
    users = {
        file.relative_to(root).as_posix()
        for file in root.rglob("*.py")
        if "CHEAP" in file.read_text("utf-8")
    }
    assert users == {"security/kdf.py"}
    assert CHEAP().salt != CHEAP().salt
