/* The row of tools above the text, and below it the tools of the table or callout one is in.
 *
 * One Tab reaches it; arrow keys, Home and End walk along it; Escape or Tab goes back to the text; Alt+F10 comes from there.
 */
import type { Editor } from "@tiptap/core"
import redo from "lucide-static/icons/redo-2.svg"
import undo from "lucide-static/icons/undo-2.svg"
import { type Action, BLOCKS, INLINE, INSERTS, type Places } from "./actions.ts"
import { h, picture } from "../ui/dom.ts"
import { KINDS } from "./holders.ts"
import { say } from "./words.ts"

const HISTORY: Action[] = [
  { code: "undo", icon: undo, keys: "Mod-Z", run: (editor) => editor.chain().focus().undo().run() },
  { code: "redo", icon: redo, keys: "Mod-Shift-Z", run: (editor) => editor.chain().focus().redo().run() },
]

type Press = (editor: Editor) => void
const IN_TABLE: [string, Press][] = [
  ["row-below", (editor) => editor.chain().focus().addRowAfter().run()],
  ["row-above", (editor) => editor.chain().focus().addRowBefore().run()],
  ["column-right", (editor) => editor.chain().focus().addColumnAfter().run()],
  ["column-left", (editor) => editor.chain().focus().addColumnBefore().run()],
  ["row-remove", (editor) => editor.chain().focus().deleteRow().run()],
  ["column-remove", (editor) => editor.chain().focus().deleteColumn().run()],
  ["cells-join", (editor) => editor.chain().focus().mergeOrSplit().run()],
  ["head-row", (editor) => editor.chain().focus().toggleHeaderRow().run()],
  ["table-remove", (editor) => editor.chain().focus().deleteTable().run()],
]

export class Toolbar {
  readonly element: HTMLElement
  #marked: [HTMLButtonElement, Action][] = []
  #around: HTMLElement

  constructor(private editor: Editor, private places: Places) {
    this.#around = h("div", { class: "editor-around", hidden: true })
    const groups = [HISTORY, BLOCKS, INLINE, INSERTS].map((actions) =>
      h("div", { class: "editor-group" }, ...actions.map((action) => this.#button(action))),
    )
    const row = h("div", { class: "editor-row-of-tools" }, ...groups)
    this.element = h("div", { class: "editor-tools", role: "toolbar", "aria-label": say("tools"), "aria-controls": "editor-text" }, row, this.#around)
    this.element.addEventListener("keydown", this.#walk)
    // A press must not take the cursor out of the text, or there would be nothing to make bold.
    this.element.addEventListener("mousedown", (event) => (event.target as Element).closest("button") && event.preventDefault())
    this.#settle()
    editor.on("transaction", () => this.update())
  }

  focus() {
    this.#stops().find((button) => button.tabIndex === 0)?.focus()
  }

  /* Show what is on where the cursor stands. Never while a syllable is being put together. */
  update() {
    if (this.editor.view.composing) return
    for (const [button, action] of this.#marked) button.setAttribute("aria-pressed", String(action.isOn!(this.editor)))
    const place = this.editor.isActive("table") ? "table" : this.editor.isActive("callout") ? "callout" : ""
    if (place === "callout" || this.#around.dataset.place !== place) this.#surround(place)
    this.#settle()
  }

  #button(action: Action) {
    const name = say(action.code)
    const keys = action.keys?.replace("Mod", /Mac/.test(navigator.platform) ? "⌘" : "Ctrl").replaceAll("-", "+")
    const button = h(
      "button",
      { type: "button", class: "editor-tool", "aria-label": name, title: keys ? `${name} (${keys})` : name, "data-action": action.code, tabindex: -1 },
      picture(action.icon),
    )
    button.addEventListener("click", () => action.run(this.editor, this.places))
    if (action.isOn) this.#marked.push([button, action])
    return button
  }

  #surround(place: string) {
    this.#around.dataset.place = place
    this.#around.hidden = !place
    const kind = this.editor.getAttributes("callout").kind as string | undefined
    const presses: [string, Press, boolean?][] =
      place === "table"
        ? IN_TABLE
        : place === "callout"
          ? KINDS.map((each) => [`kind-${each}`, (editor) => editor.chain().focus().updateAttributes("callout", { kind: each }).run(), each === kind])
          : []
    this.#around.replaceChildren(
      ...presses.map(([code, press, isOn]) =>
        h("button", { type: "button", class: "button", "data-size": "small", tabindex: -1, "aria-pressed": isOn === undefined ? false : String(isOn), onclick: () => press(this.editor) }, say(code)),
      ),
    )
  }

  #stops() {
    return [...this.element.querySelectorAll<HTMLButtonElement>("button")].filter((button) => !button.closest("[hidden]"))
  }

  /* Exactly one button can be reached by Tab. */
  #settle() {
    const stops = this.#stops()
    if (stops.filter((button) => button.tabIndex === 0).length === 1) return
    for (const [at, button] of stops.entries()) button.tabIndex = at ? -1 : 0
  }

  #walk = (event: KeyboardEvent) => {
    const stops = this.#stops()
    const at = stops.indexOf(event.target as HTMLButtonElement)
    if (event.key === "Escape") return this.editor.commands.focus()
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: stops.length - 1 }[event.key]
    if (to === undefined || at < 0) return
    event.preventDefault()
    for (const button of stops) button.tabIndex = -1
    const next = stops[(to + stops.length) % stops.length]!
    next.tabIndex = 0
    next.focus()
  }
}
