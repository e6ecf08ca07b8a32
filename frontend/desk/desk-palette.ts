/* Everything the page can do and everywhere one can go, by a few letters. Without it there are links and buttons.
 *   <desk-palette data-from data-search data-find data-here data-ways data-found data-articles data-none data-now>
 *     data-from    where conversations, people and articles are asked for: ?query= -> {"rows": [{title, place, url, kind}]}
 *     data-search  where all conversations are searched
 * What it offers is read off the page: what has a key (data-key), and the links at the side. Ctrl+K or Cmd+K opens it anywhere,
 * also while writing; arrow keys choose, Enter does, Escape closes and gives the focus back. Over one <select> it offers its options.
 */
import { Asking, getJson } from "../ui/asking.ts"
import { Composing } from "../ui/composing.ts"
import { h } from "../ui/dom.ts"
import { offer } from "./choosing.ts"
import { means } from "./letters.ts"

type Found = { title: string; place: string; url: string; kind: string }
type Row = { title: string; place: string; group: string; act: () => void }

const WAYS_MOST = 8

export class DeskPalette extends HTMLElement {
  #leaving = new AbortController()
  #composing?: Composing
  #rows: Row[] = []
  #found: Found[] = []
  #at = 0
  #over = ""
  #asking = new Asking<{ rows: Found[] }>(
    (query, stop) => getJson(this.dataset.from!, { query }, stop),
    ({ rows }) => this.#came(rows),
    () => this.#came([]),
  )

  get #dialog() {
    return this.querySelector("dialog")!
  }
  get #field() {
    return this.querySelector<HTMLInputElement>("input")!
  }
  get #list() {
    return this.querySelector<HTMLElement>("[role=listbox]")!
  }

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.#composing = new Composing(this.#field, signal)
    for (const button of document.querySelectorAll<HTMLElement>("[data-palette-open]")) {
      button.hidden = false
      button.addEventListener("click", () => this.#open(), { signal })
    }
    document.addEventListener("keydown", this.#called, { signal })
    this.#field.addEventListener("input", () => this.#look(), { signal })
    this.#dialog.addEventListener("keydown", this.#take, { signal })
    this.#dialog.addEventListener("click", this.#pressed, { signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
    this.#asking.stop()
  }

  #called = (event: KeyboardEvent) => {
    if (event.code !== "KeyK" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
    if (this.#dialog.open || document.querySelector("dialog[open]")) return
    event.preventDefault()
    this.#open()
  }

  /* Open over what `select` offers; what is chosen is chosen there. */
  choose(select: HTMLSelectElement) {
    this.#open(select.id)
    this.#at = Math.max(this.#rows.findIndex(({ place }) => place), 0)
    this.#mark()
  }

  #open(over = "") {
    const label = over && document.querySelector(`label[for="${CSS.escape(over)}"]`)?.textContent?.trim()
    this.#over = over
    this.#field.value = ""
    this.#field.placeholder = label || this.#field.dataset.words!
    this.#dialog.ariaLabel = label || this.#field.dataset.label!
    this.#found = []
    this.#dialog.showModal()
    this.#look()
  }

  #look() {
    const words = this.#field.value.trim()
    this.#asking.stop()
    if (words && !this.#over) this.#asking.ask(words)
    else this.#found = []
    this.#at = 0
    this.#draw()
  }

  #came(rows: Found[]) {
    this.#found = rows
    this.#draw()
  }

  /* What the page offers that the words mean: its own acts first, then ways elsewhere. */
  #offers(words: string): Row[] {
    const acts = [...document.querySelectorAll<HTMLElement>("main [data-key]")].map((element) => ({
      title: label(element),
      place: element.dataset.key!,
      group: this.dataset.here!,
      act: () => act(element),
    }))
    const ways = [...document.querySelectorAll<HTMLAnchorElement>("a.desk-view")].map((link) => ({
      title: link.querySelector("span")?.textContent?.trim() ?? "",
      place: link.querySelector(".count")?.textContent?.trim() ?? "",
      group: this.dataset.ways!,
      act: () => link.click(),
    }))
    const fits = (row: Row) => row.title && means(words, row.title)
    return [...acts.filter(fits), ...ways.filter(fits).slice(0, words ? WAYS_MOST : undefined)]
  }

  /* The options of the select it stands over. That one may be drawn again meanwhile: it is looked up by its id. */
  #options(words: string): Row[] {
    const select = document.getElementById(this.#over)
    if (!(select instanceof HTMLSelectElement)) return []
    const rows = [...select.options].map(({ text, value, selected }) => ({
      title: text,
      place: selected ? this.dataset.now! : "",
      group: "",
      act: () => decide(this.#over, value),
    }))
    return rows.filter(({ title }) => title && means(words, title))
  }

  #draw() {
    const words = this.#field.value.trim()
    if (this.#over) return this.#show(this.#options(words))
    const found = this.#found.map(({ title, place, url, kind }) => ({
      title,
      place,
      group: kind === "article" ? this.dataset.articles! : this.dataset.found!,
      act: () => location.assign(url),
    }))
    const rows = [...this.#offers(words), ...found]
    if (words) {
      const all = `${this.dataset.search}?${new URLSearchParams({ query: words })}`
      rows.push({ title: this.dataset.find!.replace("{words}", words), place: "", group: "", act: () => location.assign(all) })
    }
    this.#show(rows)
  }

  #show(rows: Row[]) {
    this.#rows = rows
    this.querySelector("[role=status]")!.textContent = rows.length ? "" : this.dataset.none!
    this.#at = Math.min(this.#at, Math.max(this.#rows.length - 1, 0))
    let group = ""
    const drawn: HTMLElement[] = []
    this.#rows.forEach((row, at) => {
      if (row.group && row.group !== group) drawn.push(heading((group = row.group)))
      drawn.push(option(row, at, at === this.#at))
    })
    this.#list.replaceChildren(...drawn)
    this.#mark()
  }

  #mark() {
    const options = this.#list.querySelectorAll<HTMLElement>("[role=option]")
    options.forEach((each, at) => (each.ariaSelected = String(at === this.#at)))
    const chosen = options[this.#at]
    if (chosen) this.#field.setAttribute("aria-activedescendant", chosen.id)
    else this.#field.removeAttribute("aria-activedescendant")
    chosen?.scrollIntoView({ block: "nearest" })
  }

  #take = (event: KeyboardEvent) => {
    if (this.#composing?.holds(event)) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && this.#rows.length) {
      this.#at = (this.#at + step + this.#rows.length) % this.#rows.length
      this.#mark()
    } else if (event.key === "Enter" && event.target === this.#field) this.#do(this.#at)
    else return
    event.preventDefault()
  }

  #pressed = (event: MouseEvent) => {
    if (event.target === this.#dialog) return this.#dialog.close()
    const at = (event.target as Element).closest<HTMLElement>("[data-at]")?.dataset.at
    if (at !== undefined) this.#do(Number(at))
  }

  #do(at: number) {
    const row = this.#rows[at]
    if (!row) return
    this.#dialog.close()
    row.act()
  }
}
customElements.define("desk-palette", DeskPalette)

/* Press what is pressed, choose in what has options, else go there. */
function act(element: HTMLElement) {
  if (element.matches("button, a, summary")) element.click()
  else if (element instanceof HTMLSelectElement) offer(element)
  else element.focus()
}

/* Choose in a select as a hand would: nothing happens where that was chosen already. */
function decide(id: string, value: string) {
  const select = document.getElementById(id) as HTMLSelectElement | null
  if (!select || select.value === value) return
  select.value = value
  select.dispatchEvent(new Event("change", { bubbles: true }))
}

/* What an element is called: its label, its title, or its own words. */
function label(element: HTMLElement): string {
  const labelled = element.id ? document.querySelector(`label[for="${element.id}"]`)?.textContent : ""
  return (element.ariaLabel || labelled || element.querySelector("span")?.textContent || element.getAttribute("placeholder") || element.textContent || "").trim().replace(/\s+/g, " ")
}

function heading(words: string) {
  return h("li", { class: "palette-group", role: "presentation" }, words)
}

function option(row: Row, at: number, isChosen: boolean) {
  const said = [h("span", {}, row.title), row.place && h("small", {}, row.place)]
  return h("li", { role: "option", id: `palette-${at}`, "data-at": at, "aria-selected": String(isChosen) }, ...said)
}
