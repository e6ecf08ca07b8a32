/* The rail's living parts. Without them the hours it was rendered with stand, and its links carry the page alone.
 *   <rail-people data-live="/hc/ko/rail.json">  shows {state: "open"|"closed", text, sentence} from there, again every
 *      minute: the text, or with data-says="sentence" the whole sentence
 *   <rail-ways>  holds the links to people; adds what was asked and tried when one is followed
 * Escape closes the open panel and gives the focus back.
 */
import { carrying } from "./tried.ts"
import { ownZone } from "./zone.ts"

const AGAIN_MS = 60_000

const inZone = (address: string) => `${address}?zone=${encodeURIComponent(ownZone())}`

export class RailPeople extends HTMLElement {
  #timer = 0

  connectedCallback() {
    if (this.dataset.live) void this.#refresh()
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  #refresh = async () => {
    try {
      const answer = await fetch(inZone(this.dataset.live!))
      if (answer.ok) {
        const said = (await answer.json()) as { state: string; text: string; sentence: string }
        const text = this.dataset.says === "sentence" ? said.sentence : said.text
        this.dataset.state = said.state
        if (this.textContent !== text) this.textContent = text
      }
    } catch {
      // Offline: what stands there was true when it was rendered, and says hours, not "now".
    }
    this.#timer = window.setTimeout(this.#refresh, AGAIN_MS)
  }
}
customElements.define("rail-people", RailPeople)

export class RailWays extends HTMLElement {
  #leaving = new AbortController()

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    const panel = this.closest("details")
    this.addEventListener("click", this.#carry, { signal })
    this.addEventListener("auxclick", this.#carry, { signal })
    document.addEventListener("keydown", (event) => this.#escape(event, panel), { signal })
    document.addEventListener("click", (event) => this.#outside(event, panel), { signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #carry = ({ target }: Event) => {
    const link = (target as Element).closest("a")
    if (link) link.href = carrying(link.href)
  }

  #escape(event: KeyboardEvent, panel: HTMLDetailsElement | null) {
    if (event.key !== "Escape" || !panel?.open) return
    panel.open = false
    panel.querySelector("summary")?.focus()
  }

  #outside({ target }: Event, panel: HTMLDetailsElement | null) {
    if (panel?.open && !panel.contains(target as Node)) panel.open = false
  }
}
customElements.define("rail-ways", RailWays)
