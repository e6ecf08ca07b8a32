/* Words as the keys they are typed with, so that "알ㄹ" on its way to "알림", and "ㅊ미ㅣㅐㅕㅅ" for "callout", are known.
 * The case of a letter means nothing here, and neither does whether a syllable is finished.
 */
const INITIAL = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
const VOWEL = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
const FINAL = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
/* The Korean standard layout, by jamo; doubled ones are their single one with Shift. */
const KEYS = Object.fromEntries(
  "ㄱr ㄲr ㄴs ㄷe ㄸe ㄹf ㅁa ㅂq ㅃq ㅅt ㅆt ㅇd ㅈw ㅉw ㅊc ㅋz ㅌx ㅍv ㅎg ㅏk ㅐo ㅑi ㅒo ㅓj ㅔp ㅕu ㅖp ㅗh ㅘhk ㅙho ㅚhl ㅛy ㅜn ㅝnj ㅞnp ㅟnl ㅠb ㅡm ㅢml ㅣl ㄳrt ㄵsw ㄶsg ㄺfr ㄻfa ㄼfq ㄽft ㄾfx ㄿfv ㅀfg ㅄqt"
    .split(" ")
    .map((pair) => [pair[0], pair.slice(1)]),
) as Record<string, string>
const FIRST = 0xac00
const LAST = 0xd7a3
const FINALS = FINAL.length

export function keysOf(words: string): string {
  return [...words.normalize("NFC").toLowerCase()].map(keysOfSign).join("")
}

function keysOfSign(sign: string): string {
  const code = sign.codePointAt(0)!
  if (code < FIRST || code > LAST) return KEYS[sign] ?? sign
  const at = code - FIRST
  const jamo = [INITIAL[Math.floor(at / FINALS / VOWEL.length)], VOWEL[Math.floor(at / FINALS) % VOWEL.length], FINAL[at % FINALS]]
  return jamo.map((each) => KEYS[each!] ?? "").join("")
}
