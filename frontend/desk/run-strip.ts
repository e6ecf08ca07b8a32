/* How far a run over many conversations is, until it has ended. Without it the line shows how far it was when the page came.
 *   <run-strip data-from="where the line is asked for again" [data-moving]>
 * Emits run-ended, for the rows it has changed.
 */
import { fetchPage } from "./page.ts"

const BEAT_MS = 800

export class RunStrip extends HTMLElement {
  #timer = 0

  connectedCallback() {
    if (this.dataset.moving !== undefined) this.#timer = window.setTimeout(() => void this.#look(), BEAT_MS)
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  async #look() {
    try {
      const fresh = (await fetchPage(this.dataset.from!)).querySelector<HTMLElement>("run-strip")
      if (fresh && fresh.dataset.moving === undefined) this.dispatchEvent(new Event("run-ended", { bubbles: true }))
      if (fresh) this.replaceWith(document.importNode(fresh, true))
    } catch {
      this.#timer = window.setTimeout(() => void this.#look(), BEAT_MS * 5)
    }
  }
}
customElements.define("run-strip", RunStrip)
