/* A reusable block in the text: shown as readers see it, written in its own place. */
import { Node } from "@tiptap/core"
import { h } from "../ui/dom.ts"
import { say } from "./words.ts"

interface Preview {
  name: string
  html: string
  edit: string
  audience: string
}

export const Block = Node.create<{ url: string }>({
  name: "reusable",
  group: "block",
  atom: true,
  draggable: true,
  addOptions: () => ({ url: "" }),
  addAttributes: () => ({ id: { default: null, rendered: false } }),
  parseHTML: () => [{ tag: "div[data-block]", getAttrs: (element) => ({ id: Number(element.dataset.block) }) }],
  renderHTML: ({ node }) => ["div", { "data-block": node.attrs.id }],
  addNodeView() {
    return ({ node }) => {
      const title = h("span", {}, say("block"))
      const edit = h("a", { target: "_blank", hidden: true }, say("block-edit"))
      const shown = h("div", { class: "editor-block-shown", inert: true })
      const dom = h("div", { class: "editor-block", contenteditable: "false" }, h("p", { class: "editor-note" }, title, edit), shown)
      void fetch(`${this.options.url}/${node.attrs.id}`, { headers: { Accept: "application/json" } })
        .then((answer) => (answer.ok ? (answer.json() as Promise<Preview>) : Promise.reject(new Error(String(answer.status)))))
        .then((preview) => {
          title.textContent = preview.audience ? `${preview.name} · ${preview.audience}` : preview.name
          edit.href = preview.edit
          edit.hidden = false
          shown.innerHTML = preview.html || `<p class="muted">${say("block-empty")}</p>`
        })
        .catch(() => {
          title.textContent = say("block-missing", { id: node.attrs.id })
        })
      return { dom, stopEvent: (event) => (event.target as HTMLElement).closest("a") !== null }
    }
  },
})
