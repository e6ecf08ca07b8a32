/* Ways to begin a reply, put into it by one press. Without it they can be read and typed.
 *   <polite-openings>  holds buttons [data-opening] whose words are the sentence
 */
import type { DeskComposer } from "./desk-composer.ts"

export class PoliteOpenings extends HTMLElement {
  #leaving = new AbortController()

  connectedCallback() {
    this.#leaving = new AbortController()
    this.addEventListener("click", this.#pressed, { signal: this.#leaving.signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #pressed = ({ target }: Event) => {
    const opening = (target as Element).closest<HTMLElement>("[data-opening]")
    if (opening) document.querySelector<DeskComposer>("desk-composer")?.insert(`${opening.textContent!.trim()}\n`)
  }
}
customElements.define("polite-openings", PoliteOpenings)
