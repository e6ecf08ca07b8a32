/* Articles put into what is written, by keyboard alone: "??" and a word, arrow keys, Enter for the link, Shift+Enter for the
 * article's words.
 *   [data-slot=articles][data-from][data-none][data-closed]  beside a textarea; the menu is drawn in it
 * Rows come in the customer's language. One the customer may not read is put in only by a second Enter, after being told so;
 * without data-closed (a private note) there is nothing to tell.
 */
import { Asking, getJson } from "../ui/asking.ts"
import type { Composing } from "../ui/composing.ts"

interface Row {
  article: number
  title: string
  url: string
  place: string
  is_closed: boolean
}

const TYPED = /(?:^|\s)\?\?([^\n?]{0,60})$/u
let menus = 0

export class ArticleMenu {
  #list = document.createElement("ul")
  #rows: Row[] = []
  #at = 0
  #warned?: Row
  #dismissed = ""
  #asking: Asking<{ rows: Row[] }>

  constructor(
    private field: HTMLTextAreaElement,
    private slot: HTMLElement,
    private composing: Composing,
    signal: AbortSignal,
  ) {
    this.#list.role = "listbox"
    this.#list.id = `article-menu-${++menus}`
    this.#list.ariaLabel = slot.dataset.label!
    slot.replaceChildren(this.#list)
    field.setAttribute("aria-autocomplete", "list")
    field.setAttribute("aria-controls", this.#list.id)
    this.#asking = new Asking((query, stop) => getJson(slot.dataset.from!, { query }, stop), ({ rows }) => this.#found(rows), () => this.close())
    field.addEventListener("input", () => this.#look(), { signal })
    field.addEventListener("blur", () => this.close(), { signal })
    this.#list.addEventListener("pointerdown", (event) => this.#pressed(event), { signal })
  }

  get isOpen() {
    return !this.slot.hidden
  }

  close() {
    this.#asking.stop()
    this.#warned = undefined
    this.slot.hidden = true
    this.field.removeAttribute("aria-activedescendant")
  }

  /* True for a key that the menu took. */
  takes(event: KeyboardEvent): boolean {
    if (!this.isOpen || this.composing.holds(event)) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && this.#rows.length) {
      this.#warned = undefined
      this.#at = (this.#at + step + this.#rows.length) % this.#rows.length
      this.#draw()
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && this.#rows.length) void this.#choose(event.shiftKey)
    else if (event.key === "Escape") {
      this.#dismissed = this.#typed() ?? ""
      this.close()
    } else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  /* What was typed after "??" up to the cursor; null where there is none. */
  #typed(): string | null {
    const { value, selectionStart, selectionEnd } = this.field
    return selectionStart === selectionEnd ? (TYPED.exec(value.slice(0, selectionStart))?.[1] ?? null) : null
  }

  #look() {
    const typed = this.#typed()
    if (!typed?.trim() || typed === this.#dismissed) this.close()
    else this.#asking.ask(typed.trim())
  }

  #found(rows: Row[]) {
    if (!this.#typed()?.trim()) return
    this.#rows = rows
    this.#at = 0
    this.#warned = undefined
    this.slot.hidden = false
    this.#draw()
  }

  #draw() {
    const options = this.#rows.map((row, at) => this.#option(row, at))
    this.#list.replaceChildren(...(options.length ? options : [this.#said(this.slot.dataset.none!)]))
    if (this.#warned) this.#list.append(this.#said(this.slot.dataset.closed!, "alert"))
    const chosen = options[this.#at]
    if (chosen) this.field.setAttribute("aria-activedescendant", chosen.id)
    chosen?.scrollIntoView({ block: "nearest" })
  }

  #option(row: Row, at: number) {
    const option = document.createElement("li")
    const title = document.createElement("span")
    const place = document.createElement("small")
    title.textContent = row.title
    place.textContent = row.is_closed && this.slot.dataset.closedName ? `${this.slot.dataset.closedName} · ${row.place}` : row.place
    option.role = "option"
    option.id = `${this.#list.id}-${at}`
    option.ariaSelected = String(at === this.#at)
    option.dataset.at = String(at)
    option.append(title, place)
    return option
  }

  #said(words: string, role = "") {
    const line = document.createElement("li")
    line.className = "muted"
    line.role = role || "option"
    if (!role) line.ariaDisabled = "true"
    line.textContent = words
    return line
  }

  #pressed(event: PointerEvent) {
    event.preventDefault() // the field keeps the cursor
    const at = (event.target as Element).closest<HTMLElement>("[data-at]")?.dataset.at
    if (at === undefined) return
    this.#at = Number(at)
    void this.#choose(event.shiftKey)
  }

  async #choose(isWords: boolean) {
    const row = this.#rows[this.#at]!
    if (row.is_closed && this.slot.dataset.closed && this.#warned !== row) {
      this.#warned = row
      return this.#draw()
    }
    const words = isWords && !row.is_closed ? await this.#words(row) : ""
    const { value, selectionStart } = this.field
    const from = selectionStart - this.#typed()!.length - 2
    const before = from > 0 && value[from - 1] !== "\n" ? "\n" : ""
    this.field.setRangeText(`${before}${words ? `${words}\n` : ""}${row.title}\n${row.url}\n`, from, selectionStart, "end")
    this.close()
    this.field.dispatchEvent(new Event("input", { bubbles: true }))
  }

  async #words(row: Row): Promise<string> {
    try {
      const { text } = await getJson<{ text: string }>(`${this.slot.dataset.from}/${row.article}/words`, {}, AbortSignal.timeout(5000))
      return text
    } catch {
      return "" // the link stands by itself
    }
  }
}
