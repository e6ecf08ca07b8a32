/* What a word processor, a spreadsheet or a web page put on the clipboard, as the Markdown a reply is typed in. */
import { cleaned } from "../../editor/paste.ts"

const MARKS: Record<string, string> = { STRONG: "**", B: "**", EM: "*", I: "*" }
const BLOCKS = /^(ADDRESS|ARTICLE|ASIDE|BLOCKQUOTE|DD|DIV|DL|DT|FIGURE|FOOTER|H[1-6]|HEADER|HR|LI|MAIN|OL|P|PRE|SECTION|TABLE|UL)$/

/* The Markdown of pasted HTML; "" where it says no more than its plain words. */
export function markdownOf(html: string): string {
  const page = new DOMParser().parseFromString(cleaned(html), "text/html")
  const text = blocks(page.body, "").replace(/[ \t]+$/gm, "").replace(/\n{3,}/g, "\n\n").trim()
  return hasForm(page.body) ? text : ""
}

/* A table of one cell, a picture, or words in colours are their words. */
function hasForm(body: HTMLElement): boolean {
  if (body.querySelector("ul, ol, blockquote, h1, h2, h3, h4, h5, h6, pre, td + td, tr + tr, hr")) return true
  return [...body.querySelectorAll<HTMLElement>("strong, b, em, i, code, a[href]")].some((each) => each.textContent!.trim() && (each.localName !== "a" || !isBare(each as HTMLAnchorElement)))
}

function blocks(parent: Element, indent: string): string {
  const made: string[] = []
  let loose: Node[] = []
  const put = () => {
    const words = inline(loose).trim()
    if (words) made.push(words)
    loose = []
  }
  for (const child of [...parent.childNodes]) {
    if (!(child instanceof Element) || !BLOCKS.test(child.tagName)) {
      loose.push(child)
      continue
    }
    put()
    const one = block(child, indent)
    if (one.trim()) made.push(one)
  }
  put()
  // Lines of an editor and of some mail programs are a division each, and no paragraphs.
  const areLines = [...parent.children].every(({ tagName }) => tagName === "DIV" || tagName === "BR")
  return made.join(areLines && parent.children.length ? "\n" : "\n\n")
}

function block(node: Element, indent: string): string {
  const { tagName } = node
  if (tagName === "HR") return "---"
  if (tagName === "PRE") return `\`\`\`\n${node.textContent!.replace(/\n$/, "")}\n\`\`\``
  if (tagName === "TABLE") return table(node as HTMLTableElement)
  if (tagName === "UL" || tagName === "OL") return list(node, indent)
  if (tagName === "BLOCKQUOTE") return blocks(node, indent).split("\n").map((line) => `> ${line}`.trimEnd()).join("\n")
  if (/^H[1-6]$/.test(tagName)) return `${Number(tagName[1]) > 2 ? "###" : "##"} ${inline([...node.childNodes], false).replace(/\n/g, " ").trim()}`
  return blocks(node, indent)
}

function list(node: Element, indent: string): string {
  const start = Number(node.getAttribute("start") ?? 1) || 1
  const items = [...node.children].filter((each) => each.tagName === "LI" || /^[UO]L$/.test(each.tagName))
  let number = start
  return items
    .map((item) => {
      // Some programs put a list below a list, beside its items.
      if (item.tagName !== "LI") return list(item, `${indent}  `)
      const sign = node.tagName === "OL" ? `${number++}. ` : "- "
      const inner = indent + " ".repeat(sign.length)
      const own = blocks(item, inner).replace(/\n{2,}/g, "\n")
      return `${indent}${sign}${own.split("\n").map((line, at) => (at && !line.startsWith(inner) ? inner + line : line)).join("\n")}`
    })
    .join("\n")
}

function table(node: HTMLTableElement): string {
  const rows = [...node.rows].map((row) => [...row.cells].map((cell) => inline([...cell.childNodes], false).replace(/\s*\n\s*/g, " ").replace(/\|/g, "/").trim()))
  const width = Math.max(...rows.map((row) => row.length))
  if (width < 2) return rows.map((row) => row.join("")).join("\n")
  const line = (cells: string[]) => `| ${Array.from({ length: width }, (_each, at) => cells[at] ?? "").join(" | ")} |`
  return [line(rows[0]!), `|${" --- |".repeat(width)}`, ...rows.slice(1).map(line)].join("\n")
}

function inline(nodes: Node[], marks = true): string {
  let made = ""
  for (const node of nodes) {
    const words = piece(node, marks)
    const mark = node instanceof Element && marks ? MARKS[node.tagName] : undefined
    // Within a word a mark would be read as a sign of its own.
    made += mark && words.trim() && !/[\p{L}\p{N}_]$/u.test(made) ? marked(words, mark) : words
  }
  return made.replace(/\*{4}/g, "")
}

function piece(node: Node, marks: boolean): string {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent!.replace(/\s+/g, " ")
  if (!(node instanceof HTMLElement)) return ""
  if (node.tagName === "BR") return "\n"
  if (node.tagName === "CODE") return node.textContent!.trim() ? `\`${node.textContent!.replace(/`/g, "'")}\`` : ""
  const words = BLOCKS.test(node.tagName) ? ` ${blocks(node, "")} ` : inline([...node.childNodes], marks)
  const address = node.tagName === "A" ? (node.getAttribute("href") ?? "") : ""
  if (!/^(https?:|mailto:|tel:)[^\s()]+$/.test(address) || !words.trim()) return words
  if (isBare(node as HTMLAnchorElement)) return words
  const [, lead, label, end] = /^(\s*)([\s\S]*?)(\s*)$/.exec(words)!
  return `${lead}[${label!.replace(/[[\]]/g, "").replace(/\n/g, " ")}](${address})${end}`
}

const isBare = (link: HTMLAnchorElement) => {
  const address = link.getAttribute("href") ?? ""
  return [address, address.replace(/^mailto:|^tel:/, ""), address.replace(/\/$/, "")].includes(link.textContent!.trim())
}

/* The spaces beside the words stay outside of the marks, and each line has marks of its own. */
function marked(words: string, mark: string): string {
  return words
    .split("\n")
    .map((line) => line.replace(/^(\s*)(\S(?:.*\S)?)(\s*)$/, (_all, before: string, said: string, after: string) => `${before}${mark}${said}${mark}${after}`))
    .join("\n")
}
