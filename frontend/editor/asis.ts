/* What the editor has no form for (definition lists, folded parts, tables with a caption) stays word for word as it is. */
import { Node } from "@tiptap/core"
import { askForHtml } from "./dialogs.ts"
import { h } from "../ui/dom.ts"
import { say } from "./words.ts"

const KEPT = ["dl", "details", "audio", "picture", "table:has(caption)", "table:has(tfoot)", "table:has(table)", "address", "nav"]

export const AsIs = Node.create({
  name: "asis",
  group: "block",
  atom: true,
  priority: 200,
  addAttributes: () => ({ html: { default: "", rendered: false } }),
  parseHTML: () =>
    KEPT.map((tag) => ({ tag, priority: 90, getAttrs: (element: HTMLElement) => ({ html: element.outerHTML }) })),
  renderHTML({ node }) {
    const holder = document.createElement("template")
    holder.innerHTML = node.attrs.html
    return (holder.content.firstElementChild as HTMLElement) ?? document.createElement("div")
  },
  addNodeView() {
    return ({ node, editor, getPos }) => {
      const shown = h("div", { class: "editor-asis-shown", inert: true })
      shown.innerHTML = node.attrs.html
      const change = async () => {
        const html = await askForHtml(node.attrs.html)
        const at = getPos()
        if (html !== null && at !== undefined) editor.view.dispatch(editor.state.tr.setNodeMarkup(at, undefined, { html }))
      }
      const dom = h(
        "div",
        { class: "editor-asis", contenteditable: "false" },
        h("p", { class: "editor-note" }, h("span", {}, say("asis")), h("button", { type: "button", class: "button", "data-size": "small", onclick: change }, say("asis-change"))),
        shown,
      )
      return { dom, stopEvent: (event) => (event.target as HTMLElement).closest("button") !== null }
    }
  },
})
