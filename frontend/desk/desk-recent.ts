/* What a person did lately, beside their conversation. Without it a link leads to all of it.
 *   <desk-recent data-from>  holds [data-slot=found], filled from data-from once the page stands, and again when words were taken
 *   out of the conversation (words-gone)
 */
import { fill } from "./filled.ts"

export class DeskRecent extends HTMLElement {
  #leaving = new AbortController()

  connectedCallback() {
    this.#leaving = new AbortController()
    void fill(this)
    this.closest("desk-conversation")?.addEventListener("words-gone", () => void fill(this), { signal: this.#leaving.signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }
}
customElements.define("desk-recent", DeskRecent)
