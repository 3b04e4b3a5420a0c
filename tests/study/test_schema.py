"""Validation errors in plain words, with the place in the file and a remedy."""

import pytest
from pydantic import ValidationError

from analysis.study.outlets import Outlets
from analysis.study.schema import validation_error

OUTLET = {"name": "Gazette", "country": "France", "kind": "newspaper"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"contry": "France"}, ["outlets > number 1 > contry", "unknown key", "did you mean 'country'?"]),
        ({"owner": "x"}, ["unknown key", "valid keys are name, aliases, country"]),
        (
            {"country": False},
            ["outlets > number 1 > country", "expected text, found False", "quotation marks"],
        ),
        ({"name": " "}, ["outlets > number 1 > name", "must not be empty"]),
        ({"aliases": "x"}, ["expected a list such as [one, two]"]),
        ({"kind": "blog"}, ["expected 'newspaper', 'broadcaster'"]),
        ({"owner": 1, "kind": "blog"}, ["1 more problem in this file"]),
    ],
)
def test_messages(change, expected):
    data = {"outlets": [{**OUTLET, **change}]}
    with pytest.raises(ValidationError) as caught:
        Outlets.model_validate(data)
    message = str(validation_error(caught.value, data, None))
    for part in expected:
        assert part in message


def test_a_missing_key_is_named():
    with pytest.raises(ValidationError) as caught:
        Outlets.model_validate({"outlets": [{"name": "Gazette", "country": "France"}]})
    message = str(validation_error(caught.value, {"outlets": [{"name": "Gazette"}]}, None))
    assert "outlets > number 1 > kind: this key is required (add 'kind: ...')" in message
