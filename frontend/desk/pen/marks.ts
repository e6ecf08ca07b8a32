/* Which pieces of a line are marks, and of what: core/markdown_replies.py reads the same in it once it is sent. */

export type Look = "strong" | "em" | "code" | "link" | "mark" | "quote" | "heading" | "item" | "blank"

export interface Piece {
  text: string
  looks: Look[]
}

const HEADING = /^( {0,3}#{1,6} )(.*)$/
const QUOTE = /^((?: {0,3}> ?)+)(.*)$/
const ITEM = /^(\s*(?:[-*+]|\d{1,2}[.)]) )(?!\d{1,2}[.)])(.*)$/
const INLINE = /(`+)([^`].{0,499}?)\1(?!`)|\[([^\]\n]{1,300})\]\(((?:https?|mailto|tel):[^\s<>()]*)\)|(https?:\/\/[^\s<>*]*[^\s<>*)\].,;:!?'"])|(\{\{[^{}\n]{1,80}\}\})|(?<![\p{L}\p{N}_*\\])(\*{1,3})(?=[^\s*])([^\n]{0,500}?[^\s*\\])\7(?!\*)|!\[([^\]\n]{0,300})\]\((picture:[0-9A-Za-z]{8,40})\)/gu

/* The text in pieces, in order and whole. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = []
  let fence = ""
  text.split("\n").forEach((line, at, lines) => {
    const fenced = /^ {0,3}(`{3,})/.exec(line)?.[1]
    if (fence || fenced) {
      found.push({ text: line, looks: [fenced ? "mark" : "code"] })
      fence = fence ? (fenced?.startsWith(fence) ? "" : fence) : fenced!
    } else found.push(...ofLine(line))
    if (at < lines.length - 1) found.push({ text: "\n", looks: [] })
  })
  return found
}

function ofLine(line: string): Piece[] {
  const heading = HEADING.exec(line)
  if (heading) return [{ text: heading[1]!, looks: ["mark"] }, ...within(heading[2]!, ["heading"])]
  const quote = QUOTE.exec(line)
  if (quote) return [{ text: quote[1]!, looks: ["item"] }, ...within(quote[2]!, ["quote"])]
  const item = ITEM.exec(line)
  if (item) return [{ text: item[1]!, looks: ["item"] }, ...within(item[2]!, [])]
  return within(line, [])
}

function within(words: string, looks: Look[]): Piece[] {
  const found: Piece[] = []
  let since = 0
  const put = (text: string, ...more: Look[]) => text && found.push({ text, looks: [...looks, ...more] })
  for (const match of words.matchAll(INLINE)) {
    put(words.slice(since, match.index))
    since = match.index + match[0].length
    const [whole, ticks, code, label, address, bare, blank, stars, inner, shown, picture] = match
    if (ticks) put(ticks, "mark"), put(code!, "code"), put(ticks, "mark")
    else if (label) put("[", "mark"), put(label, "link"), put(`](${address!})`, "mark")
    else if (bare) put(bare, "link")
    else if (blank) put(blank, "blank")
    else if (picture) put("![", "mark"), put(shown!, "link"), put(`](${picture})`, "mark")
    else if (stars) {
      const look: Look[] = stars.length === 1 ? ["em"] : stars.length === 2 ? ["strong"] : ["strong", "em"]
      put(stars, "mark")
      found.push(...within(inner!, [...looks, ...look]))
      put(stars, "mark")
    } else put(whole)
  }
  put(words.slice(since))
  return found
}
