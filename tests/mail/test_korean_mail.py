"""Korean mail as it really comes: each oddity is a file beside this one."""

from __future__ import annotations

import base64

import pytest

from handrail.channels.mail import charsets
from handrail.channels.mail.parse import parse
from tests.mail.corpus import every_own, own, understood

REFUND = "안녕하세요. 지난주에 산 이어폰을 환불하고 싶어요.\n주문 번호는 2024-0305입니다."
ANSWER = "2024-0305예요. 빨리 부탁드려요!"


@pytest.mark.parametrize(
    "name",
    [
        "charset-nobody-knows",
        "decomposed-hangul-from-macos",
        "euc-kr-base64",
        "iso-2022-kr",
        "raw-euc-kr-headers-without-mime",
        "raw-utf-8-headers-without-mime",
        "says-euc-kr-is-utf-8",
        "says-iso-8859-1-is-euc-kr",
        "says-iso-8859-1-is-utf-8",
        "says-utf-8-is-euc-kr",
        "utf-7",
    ],
)
def test_hangul_is_read_whatever_the_mail_says_about_its_bytes(name):
    mail = understood(name)

    assert mail.text == REFUND
    assert mail.subject == "환불 문의"
    assert (mail.from_name, mail.from_address) == ("김민지", "minji@example.com")


@pytest.mark.parametrize(
    ("name", "subject", "text"),
    [
        ("ks_c_5601-1987-with-letters-beyond-it", "뷁 환불 문의", "똠방각하 펲시콜라, 뷁. 환불해 주세요."),
        ("quoted-printable-euc-kr-html", "환불 문의", "안녕하세요.\n\n환불하고 싶어요.\n고맙습니다."),
        (
            "format-flowed-korean",
            "환불 문의",
            "지난주에 산 이어폰을 환불하고 싶어요. 어떻게 하면 되나요?\n\n두 번째 문단이에요.",
        ),
        (
            "western-text-stays-western",
            "환불 문의",
            "Où est ma commande? Le café déçu, naïve Æther Müßiggänger.",
        ),
        ("cell-phone-mms-gateway", "", "사진 보냈어요"),
        ("emoji-and-old-hangul", "👍🏽 고마워요", "감사해요 👩🏻‍💻❤️ ᄒᆞᆫ글\u200b 끝"),
    ],
)
def test_text_and_subject_come_out_as_they_were_written(name, subject, text):
    mail = understood(name)

    assert (mail.subject, mail.text) == (subject, text)


def test_a_syllable_cut_between_two_encoded_words_is_whole_again():
    assert understood("syllable-cut-between-encoded-words").subject == "환불이 언제 되는지 알려 주세요"


def word(charset: str, data: bytes) -> bytes:
    return b"=?%s?B?%s?=" % (charset.encode(), base64.b64encode(data))


@pytest.mark.parametrize(
    "charset",
    ["x-hanmail-legacy", "unknown-8bit", "", "UTF 8", "ks_c_5601-1987 ", "us-ascii", "unicode-escape"],
)
@pytest.mark.parametrize("really", ["utf-8", "cp949"])
def test_a_subject_is_read_though_its_charset_is_unknown_misnamed_or_missing(charset, really):
    assert charsets.header(word(charset, "환불 문의드립니다".encode(really))) == "환불 문의드립니다"


@pytest.mark.parametrize("charset", ["gb2312", "koi8-r", "iso-8859-15", "shift_jis"])
def test_utf_8_hangul_is_read_under_any_other_name(charset):
    assert charsets.header(word(charset, "환불 문의드립니다".encode())) == "환불 문의드립니다"


def test_a_syllable_cut_between_words_that_name_one_charset_differently_is_whole():
    data = "환불 문의드립니다".encode("cp949")

    assert (
        charsets.header(word("euc-kr", data[:1]) + b" " + word("ks_c_5601-1987", data[1:]))
        == "환불 문의드립니다"
    )


def test_a_word_that_was_cut_off_is_read_as_far_as_it_goes():
    assert charsets.header(word("utf-8", "환불 문의".encode())[:-2]) == "환불 문의"


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("x-unknown-to-all", "RE: café crème".encode("latin-1"), "RE: café crème"),
        ("utf-8", "Grüße aus Köln".encode("latin-1"), "Grüße aus Köln"),
        ("utf-8", "日本語のお問い合わせ".encode("shift_jis"), "日本語のお問い合わせ"),
        ("x-unknown-to-all", "日本語の件名".encode("iso-2022-jp"), "日本語の件名"),
        ("", "大韓民國".encode("cp949"), "大韓民國"),
    ],
)
def test_what_is_not_korean_under_a_wrong_name_is_not_made_korean(charset, data, text):
    assert charsets.header(word(charset, data)) == text


def test_raw_accents_in_a_header_without_a_charset_are_read():
    assert (
        charsets.header("Formação FrenetikPolis: Verão".encode("latin-1")) == "Formação FrenetikPolis: Verão"
    )


def test_one_damaged_letter_does_not_turn_the_rest_into_hanja():
    text = understood("damaged-utf-8").text

    assert text.count("�") == 1
    assert text.replace("�", "폰") == REFUND


@pytest.mark.parametrize(
    ("name", "file_name", "kind"),
    [
        ("file-name-as-encoded-word-in-quotes", "거래명세서.pdf", "application/pdf"),
        ("file-name-decomposed-by-macos", "영수증 사진.png", "image/png"),
        ("file-name-in-raw-euc-kr", "견적서.pdf", "application/pdf"),
        ("file-name-in-rfc2231-pieces", "2024년 3월 환불 신청서 최종 진짜최종.pdf", "application/pdf"),
        ("file-name-turned-around", "사진gnp.exe", "application/x-msdownload"),
        ("file-says-picture-is-html", "a.png", "text/html"),
        ("hwp-file", "신청서.hwp", "application/x-hwp"),
        ("mail-inside-a-mail", "배송 안내.eml", "message/rfc822"),
        ("calendar-invitation", "attachment-1.ics", "text/calendar"),
        ("winmail-dat", "winmail.dat", "application/octet-stream"),
    ],
)
def test_files_have_a_clean_name_and_the_type_of_their_bytes(name, file_name, kind):
    (file,) = understood(name).attachments

    assert (file.name, file.type) == (file_name, kind)
    assert file.data


@pytest.mark.parametrize(
    "name",
    [
        "apple-mail-korean-reply",
        "apple-mail-korean-reply-on-a-mac",
        "daum-hanmail-reply",
        "galaxy-korean-reply",
        "gmail-korean-reply",
        "gmail-korean-reply-attribution-folded",
        "naver-reply",
        "outlook-app-korean-reply",
        "outlook-korean-reply",
        "outlook-korean-reply-html-only",
        "outlook-korean-reply-original-message",
    ],
)
def test_what_a_korean_client_repeats_is_folded_and_nothing_else(name):
    mail = understood(name)

    assert mail.reply_text == ANSWER
    assert "주문 번호를 알려 주시겠어요?" in mail.quoted_text
    assert "주문 번호를 알려 주시겠어요?" in mail.text


@pytest.mark.parametrize("name", ["english-gmail-reply", "english-outlook-reply"])
def test_what_an_english_client_repeats_is_folded(name):
    assert understood(name).reply_text == "It's 2024-0305, thanks."


def test_answers_between_the_quoted_lines_all_stay():
    mail = understood("thunderbird-korean-reply-between-the-lines")

    assert mail.reply_text == "2024-0305예요.\n\n지난주에 샀어요."


@pytest.mark.parametrize("name", ["reply-that-is-only-a-forward", "words-that-look-like-headers"])
def test_a_mail_without_a_quotation_loses_no_word(name):
    mail = understood(name)

    assert mail.reply_text == mail.text
    assert mail.quoted_text == ""


def test_pictures_from_afar_stay_away_and_scripts_go():
    mail = understood("pictures-from-afar-and-with-it")

    assert 'data-remote-src="https://track.example/p.gif"' in mail.html
    assert 'src="cid:shot@x"' in mail.html
    assert "script" not in mail.html and "onerror" not in mail.html
    assert [file.cid for file in mail.attachments] == ["shot@x"]


def test_two_forms_that_say_different_things_are_told():
    assert understood("text-and-html-disagree").asymmetric
    assert not understood("gmail-korean-reply").asymmetric
    assert not understood("naver-reply").asymmetric


@pytest.mark.parametrize(
    ("name", "year"), [("date-from-1970", 1970), ("date-in-korean", None), ("euc-kr-base64", 2024)]
)
def test_a_date_is_a_claim_and_a_wrong_one_is_none(name, year):
    date = understood(name).date

    assert (date.year if date else None) == year


@pytest.mark.parametrize("name", every_own())
def test_every_fixture_says_where_it_is_from_and_is_understood(name):
    raw = own(name)
    assert raw.startswith(b"X-Handrail-Note: ")

    mail = parse(raw)

    assert mail.text or mail.attachments
    assert mail.reply_text or not mail.text


@pytest.mark.parametrize("charset", ["", "us-ascii", "iso-8859-1", "windows-1252", "euc-kr"])
@pytest.mark.parametrize("bad", [b"\xff\xfe", b"\xed\x99", b"\xe9\xe9\xe9", b"\xb0\xa1\xb0"])
def test_bad_bytes_at_the_end_do_not_turn_korean_into_accents(charset, bad):
    for words in ("환불해 주세요", "My order 1042 has not arrived, 확인 부탁드려요"):
        assert charsets.decode(words.encode() + bad, charset).startswith(words)


@pytest.mark.parametrize(("words", "charset"), [("Grüße, à bientôt", "cp1252"), ("환불해 주세요", "cp949")])
def test_what_its_charset_says_is_read_as_it_says(words, charset):
    assert charsets.decode(words.encode(charset), charset) == words
