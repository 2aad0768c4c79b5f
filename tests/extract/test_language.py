"""The language of the text, whatever the page claims."""

import pytest

from crawler.extract import extract
from crawler.extract.language import detect
from tests.extract.making import PARAGRAPHS, page, portal


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("vi", "Chi bộ phòng Giáo dục và Đào tạo vừa tổ chức Đại hội nhiệm kỳ mới, các đại biểu đã bầu Ban chi ủy."),
        ("en", "The council met on Tuesday and agreed that the bridge will be rebuilt by the end of the year."),
        ("de", "Der Rat hat am Dienstag beschlossen, dass die Brücke bis zum Ende des Jahres neu gebaut wird."),
        (
            "fr",
            "Le conseil a décidé mardi que le pont sera reconstruit avant la fin de l'année, pour tous les habitants.",
        ),
        ("es", "El ayuntamiento decidió el martes que el puente se reconstruirá antes de que termine el año, por fin."),
        (
            "pt",
            "A prefeitura decidiu na terça-feira que a ponte será reconstruída até o fim do ano, com apoio do estado.",
        ),
        (
            "it",
            "Il consiglio ha deciso martedì che il ponte sarà ricostruito entro la fine dell'anno con i fondi.",
        ),
        ("nl", "De raad heeft dinsdag besloten dat de brug voor het einde van het jaar wordt herbouwd, en niet later."),
        ("pl", "Rada zdecydowała we wtorek, że most zostanie odbudowany do końca roku, a nie jak planowano w maju."),
        ("cs", "Rada v úterý rozhodla, že most bude obnoven do konce roku a že se na něm bude pracovat i v noci."),
        ("ru", "Совет во вторник решил, что мост будет восстановлен до конца года, и это не первый раз в истории."),
        ("uk", "Рада у вівторок вирішила, що міст буде відновлено до кінця року, і це не вперше в історії міста."),
        ("bg", "Съветът реши във вторник, че мостът ще бъде възстановен до края на годината и това не е за пръв път."),
        ("el", "Το συμβούλιο αποφάσισε την Τρίτη ότι η γέφυρα θα ανακατασκευαστεί."),
        ("ja", "市議会は火曜日、橋を年末までに再建することを決めた。"),
        ("zh", "市议会星期二决定，在年底之前重建大桥。"),
        ("ko", "시의회는 화요일에 다리를 연말까지 다시 짓기로 결정했다."),
        ("th", "สภาเทศบาลมีมติเมื่อวันอังคารให้สร้างสะพานใหม่"),
        ("ar", "قرر المجلس يوم الثلاثاء أن يعاد بناء الجسر قبل نهاية العام في المدينة من قبل البلدية"),
        (
            "tr",
            "Meclis salı günü köprünün yıl sonuna kadar yeniden yapılmasına karar verdi ve bu çok önemli bir adım.",
        ),
        (None, "12345 67890"),
        (None, "Xyzzy plugh qwert asdf"),
        (None, ""),
    ],
)
def test_detect(code: str | None, text: str) -> None:
    assert detect(text) == code


@pytest.mark.parametrize(
    ("body", "expected", "origin"),
    [
        (f"<h1>Old bridge</h1><div>{PARAGRAPHS}</div>", "en", "language_of_text"),
        ("<p>12345</p>", "vi", "declared_language"),
    ],
)
def test_the_text_is_believed_before_the_attribute(body: str, expected: str, origin: str) -> None:
    got = extract(page(f"<html lang='vi-VN'><body>{body}</body></html>"), portal())
    assert (got.language, got.origins["language"]) == (expected, origin)
