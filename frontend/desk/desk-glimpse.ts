/* A look at another conversation in place. Without it a link leads there.
 *   <desk-glimpse data-from>  holds a <details> with [data-slot=found], filled from data-from when it is opened first,
 *   and from then on whenever the conversation around it is drawn again (drawn)
 */
import { fill } from "./filled.ts"

export class DeskGlimpse extends HTMLElement {
  #leaving = new AbortController()

  connectedCallback() {
    this.#leaving = new AbortController()
    // "toggle" does not bubble.
    this.addEventListener("toggle", () => this.#opened(), { capture: true, once: true, signal: this.#leaving.signal })
  }

  #opened() {
    void fill(this)
    this.closest("desk-conversation")?.addEventListener("drawn", () => void fill(this), { signal: this.#leaving.signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }
}
customElements.define("desk-glimpse", DeskGlimpse)
