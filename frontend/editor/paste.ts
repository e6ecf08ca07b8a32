/* What word processors put on the clipboard, made plain: real lists, no styles, no empty lines, nobody's own markup. */

const MARKDOWN = /^(#{1,4} |[-*] |\d+[.)] |> |```|\|.+\||::: )/m
const MARKED = /\*\*[^*\n]+\*\*|\[[^\]\n]+\]\([^)\n]+\)|`[^`\n]+`/

/* Whether plain text looks as if its author meant it to be formatted. */
export function looksLikeMarkdown(text: string): boolean {
  return MARKDOWN.test(text) || MARKED.test(text)
}

/* The pasted HTML with Word's, Hangul's and Google's habits taken out; the schema drops what is left over. */
export function cleaned(html: string): string {
  // Our policy forbids a style in an element, even in a page nobody sees; ours is only read.
  const plain = html.replace(/<!\[(if|endif)[^>]*>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle=/gi, " data-style="))
  const page = new DOMParser().parseFromString(plain, "text/html")
  for (const gone of page.querySelectorAll("style, script, meta, link, title, xml, o\\:p, [data-style*='mso-hide:all' i]")) gone.replaceWith(...(gone.localName === "o:p" ? gone.childNodes : []))
  for (const comment of comments(page)) comment.remove()
  for (const wrapper of page.querySelectorAll("b[data-style*='font-weight:normal' i], b[data-style*='font-weight: normal' i]")) wrapper.replaceWith(...wrapper.childNodes)
  wordLists(page)
  for (const span of page.querySelectorAll<HTMLElement>("span[data-style], font")) asMarks(span)
  for (const cell of page.querySelectorAll("td, th")) for (const name of ["width", "height", "valign", "nowrap"]) cell.removeAttribute(name)
  const words = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT)
  while (words.nextNode()) {
    const text = words.currentNode as Text
    if (!text.parentElement?.closest("pre")) text.data = text.data.replace(/\u00a0/g, " ").replace(/[\u200b\ufeff]/g, "")
  }
  for (const line of page.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) if (!line.textContent?.trim() && !line.querySelector("img")) line.remove()
  return page.body.innerHTML
}

function comments(page: Document): Comment[] {
  const walker = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT)
  const found: Comment[] = []
  while (walker.nextNode()) found.push(walker.currentNode as Comment)
  return found
}

/* Word writes a list as paragraphs that say "mso-list: l0 level2"; their first words are the bullet or the number. */
function wordLists(page: Document) {
  let open: { list: HTMLElement; level: number }[] = []
  let last: Element | null = null
  for (const line of [...page.querySelectorAll<HTMLElement>("p[data-style*='mso-list' i], p[class*='MsoListParagraph']")]) {
    const level = Number(/mso-list:[^;"]*level(\d)/i.exec(line.dataset.style ?? "")?.[1] ?? 1)
    if (last === null || previous(line) !== last) open = []
    const marker = line.querySelector("[data-style*='mso-list:Ignore' i], [data-style*='mso-list: Ignore' i]")
    const sign = (marker?.textContent ?? line.textContent ?? "").trim()
    marker?.remove()
    const tag = /^(\d+|[a-z가-하]|[ivx]+)[.)]/i.test(sign) ? "ol" : "ul"
    while (open.length && open.at(-1)!.level > level) open.pop()
    if (!open.length || open.at(-1)!.level < level) {
      const list = page.createElement(tag)
      const parent = open.at(-1)?.list.lastElementChild
      if (parent) parent.append(list)
      else line.before(list)
      open.push({ list, level })
    }
    const item = page.createElement("li")
    item.append(...line.childNodes)
    if (!marker && item.firstChild?.nodeType === 3) item.firstChild.textContent = item.firstChild.textContent!.replace(/^[\s·•▪§o-]+\s+|^\d+[.)]\s+/, "")
    open.at(-1)!.list.append(item)
    line.remove()
    last = open[0]!.list
  }
}

const previous = (line: Element) => {
  let before = line.previousElementSibling
  while (before && !before.textContent?.trim()) before = before.previousElementSibling
  return before
}

/* Bold and slanted letters that are only said in a style. */
function asMarks(span: HTMLElement) {
  const style = (span.dataset.style ?? "").replace(/\s/g, "").toLowerCase()
  const tags = [/font-weight:(bold|[6-9]00)/.test(style) && "strong", /font-style:italic/.test(style) && "em", /text-decoration[^;]*line-through/.test(style) && "s"]
  let inner: Node[] = [...span.childNodes]
  for (const tag of tags) {
    if (!tag || span.closest(tag)) continue
    const mark = span.ownerDocument.createElement(tag)
    mark.append(...inner)
    inner = [mark]
  }
  span.replaceWith(...inner)
}

let pasted = 0

/* Pictures of other places get a key each, so that they can be sent for; returns the HTML and what to send for. */
export function withKeys(html: string): { html: string; wanted: Map<string, string> } {
  const page = new DOMParser().parseFromString(html, "text/html")
  const wanted = new Map<string, string>()
  for (const image of page.querySelectorAll("img")) {
    const address = image.getAttribute("src") ?? ""
    const isAlone = !image.closest("p, li, td, th, h2, h3, h4")?.textContent?.trim()
    if (address.startsWith("/hc/files/")) continue
    if (isAlone && /^(https?:|data:image\/)/.test(address)) {
      const key = `pasted-${++pasted}`
      wanted.set(key, address)
      image.setAttribute("data-key", key)
      image.setAttribute("src", "")
    } else image.remove()
  }
  return { html: page.body.innerHTML, wanted }
}
