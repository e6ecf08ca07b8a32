/* Every key in one dialog, and the keys that work on every page. Without it the desk works by links alone.
 *   <desk-shortcuts>  holds one <dialog>; any [data-shortcut-help] on the page opens it
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
    this.querySelector("dialog")?.showModal()
  }

  #leave = (event: KeyboardEvent) => {
    const field = document.activeElement
    if (placed(event) !== "escape" || event.isComposing || !(field instanceof HTMLElement)) return
    if (field.matches("input, textarea, select")) field.blur()
  }
}
customElements.define("desk-shortcuts", DeskShortcuts)
