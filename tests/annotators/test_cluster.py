"""Shards measured by a Dask cluster."""

import pytest

from analysis.annotators import cluster
from analysis.annotators.results import measure_into
from analysis.errors import FramingError
from tests.annotators.made_up import articles, contents


@pytest.mark.filterwarnings("default")  # Dask closes its connections in its own time
def test_a_cluster_of_two_workers_gives_the_same_folder_as_one_process(tmp_path, study, measured):
    distributed = pytest.importorskip("distributed")
    few = articles(12)
    measure_into(tmp_path / "alone", few, study)
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with distributed.LocalCluster(**options) as made, distributed.Client(made) as client:
        assert measure_into(tmp_path / "cluster", few, study, client=client)
    assert contents(tmp_path / "cluster") == contents(tmp_path / "alone")


class Workers:
    """A client whose workers have so many threads."""

    def __init__(self, n_threads):
        self.n_threads = n_threads

    def nthreads(self):
        return {"tcp://10.0.0.1:1": self.n_threads}


def test_workers_with_several_threads_are_refused():
    assert len(cluster._workers(Workers(1))) == 1
    with pytest.raises(FramingError, match=r"10\.0\.0\.1:1 has 4 threads.*--nthreads 1"):
        cluster._workers(Workers(4))


def test_a_worker_with_other_code_or_without_the_folder_says_so(tmp_path):
    from analysis.provenance import code_fingerprint

    with pytest.raises(FramingError, match="another version of the toolkit"):
        cluster.measure_shard(str(tmp_path), "0000-mark", "study", "other code")
    with pytest.raises(FramingError, match="does not see this folder"):
        cluster.measure_shard(str(tmp_path), "0000-mark", "study", code_fingerprint())


def test_no_scheduler_is_an_error_that_says_how_to_start_one():
    pytest.importorskip("distributed")
    with pytest.raises(FramingError, match="dask scheduler"), cluster.connected("nowhere://x"):
        pass


def test_without_an_address_there_is_no_cluster():
    with cluster.connected(None) as client:
        assert client is None
