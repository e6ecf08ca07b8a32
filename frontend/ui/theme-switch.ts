/* Light, dark, or as the system has it. Without it the system's choice holds, so it is shown only once defined.
 *   <theme-switch>  holds one <button> with data-system, data-light and data-dark (its label in each state)
 *                   and three <span data-icon="…"> holding an icon each
 * Keeps the choice in localStorage "theme"; ui/first.ts sets it on the next page before the first paint.
 */
const ORDER = ["system", "light", "dark"] as const
type Theme = (typeof ORDER)[number]

export class ThemeSwitch extends HTMLElement {
  #leaving = new AbortController()

  connectedCallback() {
    this.#leaving = new AbortController()
    this.#show(this.#current())
    this.addEventListener("click", () => this.#choose(), { signal: this.#leaving.signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #current(): Theme {
    const kept = localStorage.getItem("theme") as Theme | null
    return kept && ORDER.includes(kept) ? kept : "system"
  }

  #choose() {
    const next = ORDER[(ORDER.indexOf(this.#current()) + 1) % ORDER.length]!
    if (next === "system") {
      localStorage.removeItem("theme")
      delete document.documentElement.dataset.theme
    } else {
      localStorage.setItem("theme", next)
      document.documentElement.dataset.theme = next
    }
    this.#show(next)
  }

  #show(theme: Theme) {
    const button = this.querySelector("button")!
    const label = button.dataset[theme] ?? ""
    button.setAttribute("aria-label", label)
    button.title = label
    for (const icon of button.querySelectorAll<HTMLElement>("[data-icon]")) icon.hidden = icon.dataset.icon !== theme
  }
}
customElements.define("theme-switch", ThemeSwitch)
