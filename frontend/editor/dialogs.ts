/* The questions the editor asks: where a link leads, which block, which film, the HTML of a part. Each resolves once. */
import type { Editor } from "@tiptap/core"
import { h } from "../ui/dom.ts"
import { isSafeAddress } from "./inner-marks.ts"
import { say } from "./words.ts"

const ASK_MS = 200

interface Row {
  id: number
  title: string
  note: string
}

/* Show a dialog with a form; resolves to what `read` gives on the main button, null when it was left. */
function ask<T>(name: string, body: (Node | string)[], ready: string, read: () => T | null): Promise<T | null> {
  return new Promise((resolve) => {
    const form = h(
      "form",
      { method: "dialog" },
      h("h2", {}, name),
      ...body,
      h(
        "p",
        { class: "editor-dialog-foot" },
        h("button", { type: "button", class: "button", onclick: () => dialog.close() }, say("cancel")),
        h("button", { type: "submit", class: "button", "data-kind": "primary" }, ready),
      ),
    )
    let result: T | null = null
    const dialog = h("dialog", { class: "editor-dialog", "aria-label": name }, form)
    // The dialog stands inside the page's own form, whose submit must not hear this one.
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      event.stopPropagation()
      result = read()
      if (result === null) return
      dialog.close()
      leave()
    })
    // The close event comes a moment later, and the author's next key may come before it: what was answered counts at once.
    const leave = () => {
      dialog.remove()
      resolve(result)
    }
    dialog.addEventListener("close", leave)
    document.body.append(dialog)
    dialog.showModal()
  })
}

const field = (name: string, control: HTMLElement) => h("label", { class: "field" }, h("span", { class: "field-label" }, name), control)
const line = (value = "", placeholder = "") => h("input", { class: "control", type: "text", value, placeholder, autofocus: true, autocomplete: "off" })

/* What a picture shows: its words, "" for decoration. */
export function askForDescription(now: string | null): Promise<{ alt: string | null } | null> {
  const words = line(now ?? "", say("alt-hint"))
  words.maxLength = 300
  const decoration = h("input", { type: "checkbox", checked: now === "" })
  const follow = () => (words.disabled = decoration.checked)
  decoration.addEventListener("change", follow)
  follow()
  const check = h("label", { class: "editor-check" }, decoration, h("span", {}, say("alt-decoration")))
  return ask(say("alt"), [field(say("alt"), words), check], say("done"), () => ({ alt: decoration.checked ? "" : words.value.trim() || null }))
}

/* A field whose words are looked up at `url?query=`. A row is chosen by mouse, or by the arrow keys and Enter: `chosen()` holds
   it until other words are typed. Words that are no address lead to the first row found. */
function search(url: string, input: HTMLInputElement, isAddress: (words: string) => boolean = () => false) {
  const list = h("ul", { role: "list", class: "editor-found" })
  let rows: Row[] = []
  let at = -1
  let timer = 0
  let asked = 0
  let isLooking = false
  let isWaited = false
  const buttons = () => [...list.querySelectorAll("button")]
  const mark = (place: number) => {
    at = place
    buttons().forEach((button, index) => {
      if (index === at) button.setAttribute("aria-current", "true")
      else button.removeAttribute("aria-current")
    })
    buttons()[at]?.scrollIntoView({ block: "nearest" })
  }
  const look = async () => {
    const mine = ++asked
    const words = input.value.trim()
    const query = isAddress(words) ? "" : words
    const answer = await fetch(`${url}?query=${encodeURIComponent(query)}`, { headers: { Accept: "application/json" } }).catch(() => null)
    const found = answer?.ok ? ((await answer.json()) as { rows: Row[] }).rows : []
    if (mine !== asked) return
    isLooking = false
    rows = found
    const shown = rows.map((row, index) =>
      h("li", {}, h("button", { type: "button", class: "editor-row", onclick: () => mark(index) }, h("span", {}, row.title), h("small", { class: "muted" }, row.note))),
    )
    list.replaceChildren(...(shown.length ? shown : [h("li", { class: "muted" }, say("nothing-found"))]))
    mark(query && rows.length ? 0 : -1)
    if (isWaited) input.form?.requestSubmit()
    isWaited = false
  }
  const forget = () => {
    clearTimeout(timer)
    asked++
    isLooking = false
    rows = []
    mark(-1)
  }
  input.addEventListener("input", () => {
    forget()
    isWaited = false
    isLooking = !isAddress(input.value.trim())
    timer = window.setTimeout(look, ASK_MS)
  })
  input.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0
    if (!step || event.isComposing || !rows.length) return
    event.preventDefault()
    mark(Math.max(0, Math.min(rows.length - 1, at + step)))
  })
  void look()
  /* Enter may come before the rows do: then they are waited for. */
  const isWaiting = () => (isWaited = isLooking)
  return { list, forget, isWaiting, chosen: (): Row | undefined => rows[at] }
}

export interface LinkAnswer {
  href: string
  /* What a reader is shown where no words are selected. */
  words: string
}

const looksLikeAddress = (words: string) => /^([a-z][a-z0-9+.-]*:|[/#])/i.test(words) || /^[\w-]+(\.[\w-]+)+(\/|$)/.test(words)

/* Where a link leads: an article by words of its title, an address, or a heading of this article. An empty href takes the link off. */
export function askForLink(editor: Editor, articles: string): Promise<LinkAnswer | null> {
  const now = (editor.getAttributes("link").href as string | undefined) ?? ""
  const input = line(now, say("link-hint"))
  const wrong = h("p", { class: "field-error", role: "alert", hidden: true }, say("link-wrong"))
  const { list, forget, isWaiting, chosen } = search(articles, input, looksLikeAddress)
  const headings = h("select", { class: "control" }, h("option", { value: "" }, say("link-none")))
  editor.state.doc.descendants((node, position) => {
    if (node.type.name === "heading" && node.textContent) headings.append(h("option", { value: position }, node.textContent))
  })
  headings.addEventListener("change", () => {
    forget()
    input.value = headings.value ? anchor(editor, Number(headings.value)) : ""
  })
  return ask(
    say("link"),
    [field(say("link-where"), input), wrong, list, ...(headings.options.length > 1 ? [field(say("link-heading"), headings)] : [])],
    say("link-set"),
    () => {
      if (isWaiting()) return null
      const row = chosen()
      if (row) return { href: `article:${row.id}`, words: row.title }
      const value = input.value.trim()
      const href = /^[\w-]+(\.[\w-]+)+(\/|$)/.test(value) ? `https://${value}` : value
      wrong.hidden = !href || (looksLikeAddress(href) && isSafeAddress(href))
      if (!wrong.hidden) return null
      return { href, words: headings.value && headings.selectedOptions[0] ? (headings.selectedOptions[0].textContent ?? href) : href }
    },
  )
}

/* The address of a heading, which gets an anchor of its own if it has none. */
function anchor(editor: Editor, position: number): string {
  const node = editor.state.doc.nodeAt(position)!
  const id = node.attrs.id ?? `at-${node.textContent.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60)}`
  if (!node.attrs.id) editor.view.dispatch(editor.state.tr.setNodeMarkup(position, undefined, { ...node.attrs, id }))
  return `#${id}`
}

export function askForBlock(blocks: string): Promise<number | null> {
  const input = line("", say("block-hint"))
  const { list, isWaiting, chosen } = search(blocks, input)
  return ask(say("block"), [field(say("block-name"), input), list], say("insert"), () => (isWaiting() ? null : (chosen()?.id ?? null)))
}

export function askForFilm(isFilm: (address: string) => boolean): Promise<{ href: string; title: string } | null> {
  const address = line("", "https://www.youtube.com/watch?v=…")
  const title = line()
  title.autofocus = false
  const wrong = h("p", { class: "field-error", role: "alert", hidden: true }, say("film-wrong"))
  return ask(say("embed"), [field(say("film-address"), address), wrong, field(say("film-title"), title)], say("insert"), () => {
    wrong.hidden = isFilm(address.value.trim())
    return wrong.hidden ? { href: address.value.trim(), title: title.value.trim() || address.value.trim() } : null
  })
}

export function askForHtml(html: string): Promise<string | null> {
  const area = h("textarea", { class: "control", rows: 10, spellcheck: "false" })
  area.value = html
  return ask(say("asis-change"), [field("HTML", area)], say("done"), () => area.value)
}

export function askForMarkdown(markdown = ""): Promise<string | null> {
  const area = h("textarea", { class: "control editor-markdown", rows: 14, spellcheck: "false" })
  area.value = markdown
  const file = h("input", { type: "file", accept: ".md,.markdown,text/markdown,text/plain" })
  file.addEventListener("change", async () => {
    if (file.files?.[0]) area.value = await file.files[0].text()
  })
  return ask(say("markdown"), [field("Markdown", area), field(say("markdown-file"), file)], say("markdown-use"), () => area.value)
}
