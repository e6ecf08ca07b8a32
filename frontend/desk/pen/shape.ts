/* Giving form by key and button: the marks are put around what is selected, or taken off again. */
import { type } from "./edit.ts"

export type Form = "bold" | "slanted" | "code" | "link" | "list" | "numbers" | "quote" | "heading"

const MARKS = { bold: "**", slanted: "*", code: "`" } as const
const LEADS = { list: "- ", quote: "> ", heading: "## " } as const
const LED = { list: /^(\s*)[-*+] /, quote: /^(\s*)> ?/, heading: /^(\s*)#{1,6} /, numbers: /^(\s*)\d{1,2}[.)] / } as const
const ITEM = /^(\s*)([-*+]|(\d{1,2})([.)])|>)( +)(.*)$/
const TWICE = /^(\s*)([-*+>]|\d{1,2}[.)])( )( *)\2$/

export function shape(field: HTMLTextAreaElement, form: Form) {
  if (form === "link") link(field)
  else if (form in MARKS) around(field, MARKS[form as keyof typeof MARKS])
  else lead(field, form as keyof typeof LED)
}

/* Enter in a list or a quotation goes on with it; in one that says nothing yet it ends it. True where it did either. */
export function goOn(field: HTMLTextAreaElement): boolean {
  const { value, selectionStart: at, selectionEnd } = field
  if (at !== selectionEnd) return false
  const begin = value.lastIndexOf("\n", at - 1) + 1
  const found = ITEM.exec(value.slice(begin, at))
  if (!found || isFenced(value.slice(0, begin))) return false
  const [, indent, sign, number, dot, gap, words] = found
  if (!words!.trim() && !value.slice(at).split("\n", 1)[0]!.trim()) type(field, "", begin, at)
  // A date is no list: "22. 11." begins none, and neither does a number nobody counts on from.
  else if (/^\d{1,2}[.)]/.test(words!) || Number(number) === 99) return false
  else type(field, `\n${indent}${number ? `${Number(number) + 1}${dot}` : sign}${gap}`)
  return true
}

/* The sign typed by hand behind the one Enter began the line with is that one, at the indent it was typed with. Asked as
 * its space is typed; true where the field now holds the sign once, with a space. */
export function goneOn(field: HTMLTextAreaElement): boolean {
  const { value, selectionStart: at, selectionEnd } = field
  if (at !== selectionEnd) return false
  const begin = value.lastIndexOf("\n", at - 1) + 1
  const found = TWICE.exec(value.slice(begin, at))
  if (!found) return false
  const [, indent, sign, gap, more] = found
  type(field, `${more || indent}${sign}${gap}`, begin, at)
  return true
}

/* An address pasted over words becomes their link. */
export function linkTo(field: HTMLTextAreaElement, address: string): boolean {
  const { value, selectionStart: from, selectionEnd: to } = field
  const words = value.slice(from, to)
  if (!/^https?:\/\/[^\s()]+$/.test(address) || !words.trim() || /[\n[\]]|^https?:/.test(words)) return false
  type(field, `[${words}](${address})`, from, to)
  return true
}

function around(field: HTMLTextAreaElement, mark: string) {
  const { value } = field
  let [from, to] = [field.selectionStart, field.selectionEnd]
  // A space beside the words would stand within the marks, where they mean nothing.
  while (from < to && /\s/.test(value[from]!)) from++
  while (to > from && /\s/.test(value[to - 1]!)) to--
  const [before, after] = [value.slice(0, from), value.slice(to)]
  if (before.endsWith(mark) && after.startsWith(mark) && !(mark === "*" && before.endsWith("**") && !before.endsWith("***"))) {
    const words = value.slice(from, to)
    type(field, words, from - mark.length, to + mark.length)
    return field.setSelectionRange(from - mark.length, from - mark.length + words.length)
  }
  const words = value.slice(from, to).split("\n")
  const marked = words.map((line) => (line.trim() || words.length === 1 ? line.replace(/^(\s*(?:(?:[-*+>]|\d{1,2}[.)]) )?)(.*?)(\s*)$/, (_all, lead: string, said: string, end: string) => `${lead}${mark}${said}${mark}${end}`) : line)).join("\n")
  type(field, marked, from, to)
  if (from === to) field.setSelectionRange(from + mark.length, from + mark.length)
  else if (words.length === 1) field.setSelectionRange(from + mark.length, to + mark.length)
}

function link(field: HTMLTextAreaElement) {
  const { selectionStart: from, selectionEnd: to } = field
  const words = field.value.slice(from, to).trim()
  const isAddress = /^https?:\/\/\S+$/.test(words)
  type(field, isAddress ? `[](${words})` : `[${words}](https://)`, from, to)
  const at = isAddress || !words ? from + 1 : from + words.length + 3
  field.setSelectionRange(at, isAddress || !words ? at : at + "https://".length)
}

/* Whole lines, also where only a part is selected. All of them lose the sign where all have it. */
function lead(field: HTMLTextAreaElement, form: keyof typeof LED) {
  const { value } = field
  const from = value.lastIndexOf("\n", field.selectionStart - 1) + 1
  const end = value.indexOf("\n", Math.max(field.selectionEnd - (field.selectionEnd > field.selectionStart ? 1 : 0), from))
  const to = end < 0 ? value.length : end
  const lines = value.slice(from, to).split("\n")
  const isLed = lines.every((line) => !line.trim() || LED[form].test(line)) && lines.some((line) => line.trim())
  let count = 0
  const led = lines.map((line) => {
    if (isLed) return line.replace(LED[form], "$1")
    if (!line.trim() && lines.length > 1) return line
    const bare = form === "quote" ? line : line.replace(/^(\s*)(?:[-*+] |\d{1,2}[.)] |#{1,6} )/, "$1")
    return form === "numbers" ? `${++count}. ${bare}` : `${LEADS[form]}${bare}`
  })
  type(field, led.join("\n"), from, to)
}

const isFenced = (before: string) => (before.match(/^ {0,3}```/gm) ?? []).length % 2 === 1
