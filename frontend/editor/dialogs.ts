/* The questions the editor asks: where a link leads, which block, which film, the HTML of a part. Each resolves once. */
import type { Editor } from "@tiptap/core"
import { h } from "./dom.ts"
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

/* A field whose words are looked up at `url?query=`; `picked` holds the row chosen by mouse or arrow keys and Enter. */
function search(url: string, words: string, onPick: (row: Row) => void) {
  const input = line("", words)
  const list = h("ul", { role: "list", class: "editor-found" })
  let timer = 0
  let asked = 0
  const look = async () => {
    const mine = ++asked
    const answer = await fetch(`${url}?query=${encodeURIComponent(input.value)}`, { credentials: "same-origin", headers: { Accept: "application/json" } }).catch(() => null)
    const { rows = [] } = answer?.ok ? ((await answer.json()) as { rows: Row[] }) : {}
    if (mine !== asked) return
    const shown = rows.map((row) =>
      h("li", {}, h("button", { type: "button", class: "editor-row", onclick: () => pick(row) }, h("span", {}, row.title), h("small", { class: "muted" }, row.note))),
    )
    list.replaceChildren(...(shown.length ? shown : [h("li", { class: "muted" }, say("nothing-found"))]))
  }
  const pick = (row: Row) => {
    for (const button of list.querySelectorAll("button")) button.toggleAttribute("aria-current", button.firstChild?.textContent === row.title)
    onPick(row)
  }
  input.addEventListener("input", () => {
    clearTimeout(timer)
    timer = window.setTimeout(look, ASK_MS)
  })
  void look()
  return { input, list }
}

/* Where a link leads: an address, an article (by number), or a heading of this article. "" takes the link off. */
export function askForLink(editor: Editor, articles: string): Promise<string | null> {
  const now = (editor.getAttributes("link").href as string | undefined) ?? ""
  const address = line(now, "https://")
  const wrong = h("p", { class: "field-error", role: "alert", hidden: true }, say("link-wrong"))
  const { input, list } = search(articles, say("link-article-hint"), (row) => (address.value = `article:${row.id}`))
  input.autofocus = false
  const headings = h("select", { class: "control" }, h("option", { value: "" }, say("link-none")))
  editor.state.doc.descendants((node, position) => {
    if (node.type.name === "heading" && node.textContent) headings.append(h("option", { value: position }, node.textContent))
  })
  headings.addEventListener("change", () => (address.value = headings.value ? anchor(editor, Number(headings.value)) : ""))
  return ask(
    say("link"),
    [field(say("link-address"), address), wrong, field(say("link-article"), input), list, ...(headings.options.length > 1 ? [field(say("link-heading"), headings)] : [])],
    say("link-set"),
    () => {
      const value = address.value.trim()
      const whole = /^[\w-]+(\.[\w-]+)+(\/|$)/.test(value) ? `https://${value}` : value
      wrong.hidden = !whole || isSafeAddress(whole)
      return wrong.hidden ? whole : null
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
  let chosen: number | null = null
  const { input, list } = search(blocks, say("block-hint"), (row) => (chosen = row.id))
  return ask(say("block"), [field(say("block-name"), input), list], say("insert"), () => chosen)
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
