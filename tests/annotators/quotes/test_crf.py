"""The chain against all sequences there are."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.annotators.quotes.crf import LinearChainCRF

TAGS = 3


def score(chain: LinearChainCRF, emissions: np.ndarray, tags: tuple[int, ...]) -> float:
    steps = sum(chain.transitions[a, b] for a, b in pairwise(tags))
    return (
        chain.starts[tags[0]]
        + sum(emissions[i, t] for i, t in enumerate(tags))
        + steps
        + chain.ends[tags[-1]]
    )


@pytest.fixture(scope="module")
def chain() -> LinearChainCRF:
    dice = np.random.default_rng(3)
    return LinearChainCRF(dice.normal(size=(TAGS, TAGS)), dice.normal(size=TAGS), dice.normal(size=TAGS))


@given(lengths=st.lists(st.integers(1, 5), min_size=1, max_size=4), seed=st.integers(0, 10**6))
def test_best_and_marginals_are_those_of_all_sequences(
    chain: LinearChainCRF, lengths: list[int], seed: int
) -> None:
    sequences = np.repeat(np.arange(len(lengths)), lengths)
    emissions = np.random.default_rng(seed).normal(size=(len(sequences), TAGS))
    best, marginals = chain.viterbi(emissions, sequences), chain.marginals(emissions, sequences)
    for number, length in enumerate(lengths):
        inside = sequences == number
        every = list(product(range(TAGS), repeat=length))
        scores = np.array([score(chain, emissions[inside], tags) for tags in every])
        assert tuple(best[inside]) == every[int(scores.argmax())]
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        expected = np.zeros((length, TAGS))
        for tags, share in zip(every, shares, strict=True):
            expected[range(length), tags] += share
        np.testing.assert_allclose(marginals[inside], expected, atol=1e-9)


def test_no_words(chain: LinearChainCRF) -> None:
    none = np.zeros(0, dtype=np.int64)
    assert chain.viterbi(np.zeros((0, TAGS)), none).shape == (0,)
    assert chain.marginals(np.zeros((0, TAGS)), none).shape == (0, TAGS)


def test_large_scores_do_not_overflow(chain: LinearChainCRF) -> None:
    marginals = chain.marginals(np.full((4, TAGS), 1e4), np.zeros(4, dtype=np.int64))
    np.testing.assert_allclose(marginals.sum(axis=1), 1.0)
