/* Every key in one dialog, and the keys that work on every page. Without it the desk works by links alone.
 *   <desk-shortcuts>  holds one <dialog>; any [data-shortcut-help] on the page opens it
 *     [data-works]    a line, and as a selector what must be on the page for its keys to do anything
 *     [data-here], [data-elsewhere]   the list of keys, twice: those that work now, and the others
 * ? opens it, / goes to the search field, g then i, q, u or a goes to a view, c opens a conversation, Esc leaves a field.
 */
import { onKey, placed } from "./keys.ts"

const GO_MS = 1200
const VIEWS: Record<string, string> = { i: "mine", m: "mine", q: "queue", u: "unassigned", a: "all" }

export class DeskShortcuts extends HTMLElement {
  #leaving = new AbortController()
  #goUntil = 0

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    for (const button of document.querySelectorAll<HTMLElement>("[data-shortcut-help]")) {
      button.hidden = false
      button.addEventListener("click", () => this.#show(), { signal })
    }
    // First in line: after "g" a letter means a view, whatever it means elsewhere.
    document.addEventListener("keydown", this.#leave, { signal })
    onKey((key) => this.#take(key), signal)
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #take(key: string): boolean {
    if (performance.now() < this.#goUntil) {
      this.#goUntil = 0
      return VIEWS[key] ? this.#follow(`/views/${VIEWS[key]}/`) : false
    }
    if (key === "?") this.#show()
    else if (key === "/") document.querySelector<HTMLElement>("#desk-search")?.focus()
    else if (key === "g") this.#goUntil = performance.now() + GO_MS
    else if (key === "c") return this.#follow("/new")
    else return false
    return true
  }

  #follow(ending: string): boolean {
    const link = [...document.querySelectorAll<HTMLAnchorElement>(".desk-view")].find((each) => each.pathname?.endsWith(ending))
    link?.click()
    return link !== undefined
  }

  #show() {
    this.#sort("[data-here]", true)
    this.#sort("[data-elsewhere]", false)
    this.querySelector("dialog")?.showModal()
  }

  /* Leave in one of the two lists the keys that work on this page as it is now, or those that do not. */
  #sort(place: string, working: boolean) {
    const list = this.querySelector<HTMLElement>(place)!
    for (const line of list.querySelectorAll<HTMLElement>("[data-works]")) line.hidden = (document.querySelector(line.dataset.works!) !== null) !== working
    for (const section of list.querySelectorAll<HTMLElement>("section")) section.hidden = !section.querySelector("[data-works]:not([hidden])")
    list.hidden = !list.querySelector("[data-works]:not([hidden])")
  }

  #leave = (event: KeyboardEvent) => {
    const field = document.activeElement
    if (placed(event) !== "escape" || event.isComposing || !(field instanceof HTMLElement)) return
    if (field.matches("input, textarea, select")) field.blur()
  }
}
customElements.define("desk-shortcuts", DeskShortcuts)
