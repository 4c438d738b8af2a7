from claims.models.addresses import as_read


def test_an_address_is_read_without_its_scheme_and_in_words() -> None:
    assert (
        as_read("https://ar.example/wiki/%D9%85%D9%8A%D9%86%D8%A7%D8%A1") == "ar.example/wiki/ميناء"
    )
    assert as_read("http://mina.example/") == "mina.example"


def test_what_would_be_invisible_or_another_address_stays_encoded() -> None:
    assert as_read("https://a.example/%E2%80%AEgpj.exe") == "a.example/%E2%80%AEgpj.exe"
    assert as_read("https://a.example/one%2Ftwo%3Fthree") == "a.example/one%2Ftwo%3Fthree"
    assert as_read("https://a.example/%D9%FF") == "a.example/%D9%FF"


def test_other_text_is_left_alone() -> None:
    assert as_read("دائرة المراسم") == "دائرة المراسم"
