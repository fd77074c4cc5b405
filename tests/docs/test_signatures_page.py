"""The page about signatures: the example is Twilio's, and what is cut anew is signed alike."""

import json
import re

from tests.docs.pages import ROOT, examples, page, run

NAME = "docs/explanation/signatures.md"
PAGE = page(NAME)
EXAMPLES = examples(NAME)


def test_by_hand_by_the_sdk_by_the_client_and_by_the_fake_it_is_the_same() -> None:
    vectors = json.loads((ROOT / "tests" / "vectors" / "signature_vectors.json").read_text("utf-8"))["vectors"]
    (of_the_docs,) = {vector["signature"] for vector in vectors if vector["name"] == "docs worked example"}

    assert run(EXAMPLES["by_hand"]).split() == [of_the_docs, "True", "True", "True"]
    assert f"prints `{of_the_docs}`" in PAGE


def test_a_form_that_is_cut_anew_is_signed_alike_and_refused() -> None:
    assert run(EXAMPLES["cut_anew"]).splitlines() == ["True 200", "True 403"]


def test_the_commands_and_figures_are_there() -> None:
    for name in re.findall(r"`python -m tests\.e2e\.(\w+)`", PAGE):
        source = (ROOT / "tests" / "e2e" / f"{name}.py").read_text("utf-8")
        told = re.findall(r'report\("(\w+)"', source)

        assert [figure for figure in told if f"`{figure}`" in PAGE]
