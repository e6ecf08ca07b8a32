/* "/" at the beginning of a line: everything that can stand there, narrowed by typing, in either language and on either keyboard.
 *
 * Keys are read only when no syllable is being put together, so the Enter that ends "표" does not choose.
 */
import type { Editor } from "@tiptap/core"
import { Plugin } from "@tiptap/pm/state"
import { type Action, BLOCKS, INSERTS, type Places } from "./actions.ts"
import { h, picture } from "../ui/dom.ts"
import { keysOf } from "./keys.ts"
import { say } from "./words.ts"

const TYPED = /^\/(\S{0,20})$/
const GAP = 4
const CHOICES = [...BLOCKS, ...INSERTS]

/* What has the word in its names, at the beginning of one before the middle; else, what is typed with these keys: a syllable
 * on its way, or the other layout. */
function matching(typed: string): Action[] {
  const named = (read: (words: string) => string, sign: string) =>
    CHOICES.filter((action) => ` ${read(`${say(action.code)} ${action.also ?? ""}`)}`.includes(sign + read(typed)))
  const lower = (words: string) => words.toLowerCase()
  // "코" may be on its way to "콜".
  const begun = /[가-힣]$/.test(typed) ? named(keysOf, " ") : []
  const found = [...named(lower, " "), ...named(lower, ""), ...begun]
  return [...new Set(found.length ? found : named(keysOf, ""))]
}

export class SlashMenu {
  readonly element = h("ul", { role: "listbox", id: "editor-choices", class: "editor-choices", hidden: true, "aria-label": say("choices") })
  #found: Action[] = []
  #at = 0
  #dismissed = ""

  constructor(private editor: Editor, private places: Places) {
    editor.registerPlugin(new Plugin({ props: { handleKeyDown: (_view, event) => this.#key(event) } }), (own, others) => [own, ...others])
    editor.on("transaction", () => this.#look())
    editor.on("blur", () => this.#close())
    this.element.addEventListener("mousedown", (event) => {
      event.preventDefault()
      const item = (event.target as Element).closest("li")
      if (item) this.#choose([...this.element.children].indexOf(item))
    })
  }

  #typed(): string | null {
    const { $from, empty } = this.editor.state.selection
    if (!empty || $from.parent.type.name !== "paragraph") return null
    const before = $from.parent.textBetween(0, $from.parentOffset, undefined, "￼")
    return TYPED.exec(before)?.[1] ?? null
  }

  #look() {
    const typed = this.#typed()
    if (typed === null || !this.editor.isFocused) {
      this.#dismissed = ""
      return this.#close()
    }
    if (this.#dismissed && typed.startsWith(this.#dismissed.slice(1))) return
    this.#found = matching(typed)
    this.#at = 0
    this.#draw()
  }

  #draw() {
    const items = this.#found.map((action, at) =>
      h("li", { role: "option", id: `editor-choice-${at}`, "aria-selected": String(at === this.#at) }, picture(action.icon), h("span", {}, say(action.code))),
    )
    this.element.replaceChildren(...items)
    this.element.hidden = !items.length
    items[this.#at]?.scrollIntoView({ block: "nearest" })
    if (items.length) this.editor.view.dom.setAttribute("aria-activedescendant", `editor-choice-${this.#at}`)
    this.#place()
  }

  #place() {
    if (this.element.hidden) return
    const holder = this.element.offsetParent?.getBoundingClientRect()
    const cursor = this.editor.view.coordsAtPos(this.editor.state.selection.from)
    if (!holder) return
    const left = Math.min(cursor.left - holder.left, holder.width - this.element.offsetWidth - 8)
    this.element.style.left = `${Math.max(8, left)}px`
    // Above the line where the window ends too soon below it.
    const height = this.element.offsetHeight + GAP
    const isAbove = cursor.bottom + height > innerHeight && cursor.top > height
    this.element.style.top = `${(isAbove ? cursor.top - height : cursor.bottom + GAP) - holder.top}px`
  }

  #close() {
    if (this.element.hidden) return
    this.element.hidden = true
    this.editor.view.dom.removeAttribute("aria-activedescendant")
  }

  #key(event: KeyboardEvent): boolean {
    if (this.element.hidden || event.isComposing || event.keyCode === 229) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      this.#at = (this.#at + step + this.#found.length) % this.#found.length
      this.#draw()
    } else if (event.key === "Enter" || event.key === "Tab") this.#choose(this.#at)
    else if (event.key === "Escape") {
      this.#dismissed = `/${this.#typed() ?? ""}`
      this.#close()
    } else return false
    event.preventDefault()
    return true
  }

  #choose(at: number) {
    const action = this.#found[at]
    const { $from } = this.editor.state.selection
    this.#close()
    if (!action) return
    this.editor.chain().focus().deleteRange({ from: $from.start(), to: $from.pos }).run()
    action.run(this.editor, this.places)
  }
}
