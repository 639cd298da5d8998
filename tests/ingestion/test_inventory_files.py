from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from finops.errors import InputError
from finops.ingestion.inventory_files import COMMANDS
from finops.ingestion.inventory_files import read

if TYPE_CHECKING:
    from pathlib import Path

DISK = {"VolumeId": "vol-1", "State": "available"}
AZURE = {"id": "/d", "type": "Microsoft.Compute/disks", "diskState": "Unattached"}


def file_of(folder: Path, *documents: object) -> Path:
    path = folder / "printed.json"
    path.write_text("\n".join(json.dumps(one) for one in documents))
    return path


def test_what_several_commands_printed_is_one_file(tmp_path: Path) -> None:
    machines = {
        "Reservations": [{"Instances": [{"InstanceId": "i-1", "State": {"Name": "running"}}]}]
    }
    told = read(file_of(tmp_path, {"Volumes": [DISK]}, machines, [AZURE], {"data": [AZURE]}))
    assert {(one.kind, one.resource) for one in told} == {
        ("disk", "vol-1"),
        ("instance", "i-1"),
        ("disk", "/d"),
    }


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"Buckets": []}, "is not what one of these commands prints"),
        ([{"id": "/x", "type": "Microsoft.Web/sites"}], "is not what one of these"),
        (["text"], "is not what one of these"),
        (
            {"Volumes": [{"State": "available"}]},
            "entry 1 of aws ec2 describe-volumes: .* without an id",
        ),
        ({"Volumes": [5]}, "is not what one of these"),
        ({"Volumes": []}, "tells of no resource"),
    ],
)
def test_what_cannot_be_read_is_refused_whole(tmp_path: Path, document: object, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(file_of(tmp_path, document))


@pytest.mark.parametrize("text", ['{"Volumes": [', "[" * 100_000, '{"Volumes": []} x'])
def test_torn_or_endless_text_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "torn.json"
    path.write_text(text)
    with pytest.raises(InputError, match=r"torn\.json is not whole JSON"):
        read(path)


def test_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nothing\.json cannot be read"):
        read(tmp_path / "nothing.json")


def test_every_command_only_reads() -> None:
    assert len(COMMANDS) == len(set(COMMANDS))
    assert all(any(word in one for word in ("describe", "list", "get")) for one in COMMANDS)


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        (
            "cost_opt_hub_ebs/cost-optimization-hub.ListRecommendations_1.json",
            {("advice", "upgrade")},
        ),
        ("cost_opt_hub_ebs/ec2.DescribeVolumes_1.json", {("disk", "")}),
        (
            "test_ec2_costhub_resize/cost-optimization-hub.ListRecommendations_1.json",
            {("advice", "resize")},
        ),
        ("test_ec2_costhub_resize/ec2.DescribeInstances_1.json", {("instance", "")}),
    ],
)
def test_recorded_answers_are_read(shared: Path, name: str, kinds: set[tuple[str, str]]) -> None:
    told = read(shared / "cloud-custodian" / "aws-placebo" / name)
    assert {(one.kind, one.name) for one in told} == kinds
