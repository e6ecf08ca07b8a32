/* The customer's questions that the reply does not speak to yet, asked of the server while it is written.
 *   <open-questions data-from>  stands in the reply's form and holds the list; without it nothing is listed
 * Asked again when the customer wrote (customer-wrote). A list that comes too late is dropped.
 */
import { parsed, show } from "../ui/dom.ts"
import { post } from "./page.ts"

const PAUSE_MS = 500

export class OpenQuestions extends HTMLElement {
  #leaving = new AbortController()
  #timer = 0
  #asked = 0

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.closest("form")?.addEventListener("input", this.#soon, { signal })
    this.closest("desk-conversation")?.addEventListener("customer-wrote", this.#soon, { signal })
    this.closest("desk-conversation")?.addEventListener("composer-sent", this.#soon, { signal })
    this.#soon()
  }

  disconnectedCallback() {
    this.#leaving.abort()
    clearTimeout(this.#timer)
  }

  #soon = () => {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(this.#ask, PAUSE_MS)
  }

  #ask = async () => {
    const mine = ++this.#asked
    const text = this.closest("form")!.querySelector("textarea")!.value
    try {
      const answer = await post(this.dataset.from!, { text })
      if (!answer.ok || mine !== this.#asked) return
      show(this, parsed(await answer.text()).body)
    } catch {
      // Offline: what stood there stays.
    }
  }
}
customElements.define("open-questions", OpenQuestions)
