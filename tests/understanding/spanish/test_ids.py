"""Spanish letters and ids."""

import pytest

from ivr_ari.understanding.spanish.ids import find_ids
from ivr_ari.understanding.spanish.words import plain


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("a be uno dos cero cuatro", "AB1204"),
        ("a b uno dos cero cuatro", "AB1204"),
        ("be de barcelona ce de carlos cuatro uno", "BC41"),
        ("ve de barcelona uno dos tres", "B123"),
        ("erre equis guion doce cero cuatro cinco", "RX12045"),
        ("uve doble i griega siete siete", "WY77"),
        ("uve de valencia cuatro uno", "V41"),
        ("be larga ve corta cuatro uno", "BV41"),
        ("hache jota cuarenta y uno", "HJ41"),
        ("de te uno dos tres", "DT123"),
        ("el número es erre equis cinco cinco cinco cero uno", "RX55501"),
        ("doble ele cuatro uno", "LL41"),
        ("erre ese uno dos no perdón erre equis uno tres", "RX13"),
    ],
)
def test_ids_that_are_asked_for(text: str, id: str) -> None:
    """Letters by their names or with an example, digits in any grouping."""
    words = [plain(word) for word in text.split()]
    assert [value.value for value in find_ids(words, asked=True)] == [id]


@pytest.mark.parametrize("text", ["quiero mi saldo", "la cuenta de mi hermana", "a las tres y media"])
def test_everyday_words_are_no_ids(text: str) -> None:
    """ "a", "de" and "te" are letters only among others."""
    assert find_ids([plain(word) for word in text.split()]) == ()
