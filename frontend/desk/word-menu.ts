/* A menu that opens while a mark and a word are typed in a field, steered by keyboard alone: arrow keys, Enter, Escape.
 *   slot[data-from][data-label][data-none]  beside a textarea; the menu is drawn in it. data-along names fields of the form
 *                                           whose values go along with the question
 * What a row looks like and what choosing it does is told by those who extend it.
 */
import { Asking, getJson } from "../ui/asking.ts"
import type { Composing } from "../ui/composing.ts"
import { h } from "../ui/dom.ts"
import { type } from "./pen/edit.ts"

let menus = 0

export abstract class WordMenu<Row> {
  protected rows: Row[] = []
  #list = h("ul", { role: "listbox", id: `word-menu-${++menus}` })
  #at = 0
  #dismissed: string | null = null
  #asking: Asking<{ rows: Row[] }>

  /* typed: matches the text up to the cursor; its first group is the word, `mark` the letters before it. */
  constructor(
    protected field: HTMLTextAreaElement,
    protected slot: HTMLElement,
    private composing: Composing,
    private typed: RegExp,
    private mark: string,
    signal: AbortSignal,
    private opensAtOnce = false,
  ) {
    this.#list.ariaLabel = slot.dataset.label!
    field.setAttribute("aria-autocomplete", "list")
    this.#asking = new Asking((query, stop) => getJson(slot.dataset.from!, { query, ...this.along() }, stop), ({ rows }) => this.#found(rows), () => this.close())
    field.addEventListener("input", () => this.#look(), { signal })
    field.addEventListener("blur", () => this.close(), { signal })
    this.#list.addEventListener("pointerdown", (event) => this.#pressed(event), { signal })
  }

  protected abstract title(row: Row): string
  protected abstract place(row: Row): string
  /* Called for the chosen row; `isMore` with Shift. */
  protected abstract choose(row: Row, isMore: boolean): void | Promise<void>

  get isOpen() {
    return !this.slot.hidden
  }

  close() {
    this.#asking.stop()
    this.left()
    this.slot.hidden = true
    this.slot.replaceChildren()
    this.field.removeAttribute("aria-controls")
    this.field.removeAttribute("aria-activedescendant")
  }

  /* True for a key that the menu took. */
  takes(event: KeyboardEvent): boolean {
    if (!this.isOpen || this.composing.holds(event)) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && this.rows.length) {
      this.left()
      this.#at = (this.#at + step + this.rows.length) % this.rows.length
      this.draw()
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && this.rows.length) void this.choose(this.rows[this.#at]!, event.shiftKey)
    else if (event.key === "Escape") {
      this.#dismissed = this.word()
      this.close()
    } else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  protected along(): Record<string, string> {
    const names = this.slot.dataset.along?.split(" ") ?? []
    return Object.fromEntries(names.map((name) => [name, this.field.form?.querySelector<HTMLInputElement>(`[name=${name}]`)?.value ?? ""]))
  }

  /* A row is left without being chosen. */
  protected left() {}

  /* What was typed after the mark up to the cursor; null where there is none. */
  protected word(): string | null {
    const { value, selectionStart, selectionEnd } = this.field
    return selectionStart === selectionEnd ? (this.typed.exec(value.slice(0, selectionStart))?.[1] ?? null) : null
  }

  /* Put words in place of the mark and what was typed after it. */
  protected put(words: string, isOnItsOwnLine: boolean) {
    const { value, selectionStart } = this.field
    const from = selectionStart - this.word()!.length - this.mark.length
    const before = isOnItsOwnLine && from > 0 && value[from - 1] !== "\n" ? "\n" : ""
    this.close()
    type(this.field, before + words, from, selectionStart)
  }

  protected draw() {
    const options = this.rows.map((row, at) => this.#option(row, at))
    this.#list.replaceChildren(...(options.length ? options : [this.said(this.slot.dataset.none!)]))
    const chosen = options[this.#at]
    if (chosen) {
      this.field.setAttribute("aria-controls", this.#list.id)
      this.field.setAttribute("aria-activedescendant", chosen.id)
    }
    chosen?.scrollIntoView({ block: "nearest" })
  }

  /* A line below the rows. */
  protected add(line: HTMLElement) {
    this.#list.append(line)
  }

  protected said(words: string, role = "") {
    return h("li", { class: "muted", role: role || "option", "aria-disabled": !role && "true" }, words)
  }

  #look() {
    const word = this.word()
    if (word === null || (!word.trim() && !this.opensAtOnce) || word === this.#dismissed) this.close()
    else this.#asking.ask(word.trim())
    if (word === null) this.#dismissed = null
  }

  #found(rows: Row[]) {
    const word = this.word()
    if (word === null || (!word.trim() && !this.opensAtOnce)) return
    this.rows = rows
    this.#at = 0
    this.left()
    this.slot.hidden = false
    this.slot.replaceChildren(this.#list)
    this.draw()
  }

  #option(row: Row, at: number) {
    const said = [h("span", {}, this.title(row)), h("small", {}, this.place(row))]
    return h("li", { role: "option", id: `${this.#list.id}-${at}`, "aria-selected": String(at === this.#at), "data-at": at }, ...said)
  }

  #pressed(event: PointerEvent) {
    event.preventDefault() // the field keeps the cursor
    const at = (event.target as Element).closest<HTMLElement>("[data-at]")?.dataset.at
    if (at === undefined) return
    this.#at = Number(at)
    void this.choose(this.rows[this.#at]!, event.shiftKey)
  }
}
