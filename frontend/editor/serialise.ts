/* The article as HTML: what goes into the field that is sent. knowledge/documents.py makes the same from the document. */
import type { Editor } from "@tiptap/core"
import { DOMSerializer } from "@tiptap/pm/model"

export function toHtml(editor: Editor): string {
  const holder = document.createElement("div")
  holder.append(DOMSerializer.fromSchema(editor.schema).serializeFragment(editor.state.doc.content))
  for (const caption of holder.querySelectorAll("figcaption:empty")) caption.remove()
  for (const empty of holder.querySelectorAll("p:empty")) if (empty.parentElement!.children.length > 1) empty.remove()
  if (holder.children.length === 1 && holder.firstElementChild!.matches("p:empty")) return ""
  for (const cell of holder.querySelectorAll("td, th")) unwrapOnly(cell)
  for (const list of holder.querySelectorAll("ul, ol")) tighten(list)
  for (const table of holder.querySelectorAll("table")) head(table)
  return holder.innerHTML
}

function unwrapOnly(cell: Element) {
  const only = cell.children.length === 1 ? cell.firstElementChild! : null
  if (only?.tagName === "P") only.replaceWith(...only.childNodes)
}

/* A list whose every item is one paragraph, or one and a list below it, needs no paragraphs. */
function tighten(list: Element) {
  const items = [...list.children]
  const isTight = items.every(
    ({ children: [first, ...rest] }) => first?.tagName === "P" && rest.every((each) => /^[UO]L$/.test(each.tagName)),
  )
  if (isTight) for (const item of items) item.firstElementChild!.replaceWith(...item.firstElementChild!.childNodes)
}

function head(table: Element) {
  const body = table.querySelector("tbody")
  const first = body?.firstElementChild
  if (!body || !first || ![...first.children].every((cell) => cell.tagName === "TH")) return
  const made = document.createElement("thead")
  made.append(first)
  table.insertBefore(made, body)
  if (!body.children.length) body.remove()
}
