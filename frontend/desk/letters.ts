/* Whether what was typed means a word: as a part of it, by the first consonants of its Hangul (ㅎㄱ for 해결), or by what
 * its keys say while the other keyboard is on (goruf for 해결). Spaces and case say nothing.
 */
const FIRST = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
const FIRST_KEYS = ["r", "R", "s", "e", "E", "f", "a", "q", "Q", "t", "T", "d", "w", "W", "c", "z", "x", "v", "g"]
const VOWEL_KEYS = ["k", "o", "i", "O", "j", "p", "u", "P", "h", "hk", "ho", "hl", "y", "n", "nj", "np", "nl", "b", "m", "ml", "l"]
const LAST_KEYS = ["", "r", "R", "rt", "s", "sw", "sg", "e", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg", "a", "q", "qt", "t", "T", "d", "w", "c", "z", "x", "v", "g"]
const SYLLABLES = 0xac00
const SYLLABLE_COUNT = 11172

function parts(letter: string): [number, number, number] | null {
  const at = letter.charCodeAt(0) - SYLLABLES
  return at >= 0 && at < SYLLABLE_COUNT ? [Math.floor(at / 588), Math.floor((at % 588) / 28), at % 28] : null
}

function firstConsonants(word: string): string {
  return [...word].map((letter) => (parts(letter) ? FIRST[parts(letter)![0]] : letter)).join("")
}

function asKeys(word: string): string {
  return [...word]
    .map((letter) => {
      const found = parts(letter)
      return found ? FIRST_KEYS[found[0]]! + VOWEL_KEYS[found[1]]! + LAST_KEYS[found[2]]! : letter
    })
    .join("")
}

function plain(text: string): string {
  return text.normalize("NFC").toLowerCase().replace(/\s+/g, "")
}

export function means(typed: string, word: string): boolean {
  const [asked, full] = [plain(typed), plain(word)]
  if (!asked || full.includes(asked)) return true
  return firstConsonants(full).includes(asked) || asKeys(full).toLowerCase().includes(asked)
}
